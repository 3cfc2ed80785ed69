# The service alone; its Neo4j is another container (docker-compose.yml).

FROM python:3.13-slim AS build

# Compiled once here: the root file system of the running container is read-only.
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PYTHON_DOWNLOADS=never \
    VIRTUAL_ENV=/opt/loci
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.8 && uv venv /opt/loci
WORKDIR /src
COPY pyproject.toml uv.lock ./

# The lock holds the standard build of PyTorch, whose GPU libraries weigh gigabytes. Everything else is
# installed from the lock with its hashes, then the same PyTorch in its build for processors.
RUN set -eu; \
    gpu=$(sed -n -E 's/^name = "(torch|triton|nvidia-[^"]+|cuda-[^"]+)"$/--no-emit-package \1/p' uv.lock); \
    uv export --frozen --quiet --no-dev --no-emit-project $gpu --output-file locked.txt; \
    uv pip install --no-deps --require-hashes --requirement locked.txt; \
    torch=$(uv export --frozen --quiet --no-dev --no-emit-project --no-hashes | sed -n -E 's/^(torch==[^ ;]+).*/\1/p'); \
    uv pip install --no-deps --torch-backend cpu "$torch"

COPY README.md LICENSE NOTICE ./
COPY cypher ./cypher
COPY app ./app
# The workspace stays outside the image.
RUN uv pip install --no-deps --no-sources .


FROM python:3.13-slim

RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin loci
COPY --from=build /opt/loci /opt/loci
ENV PATH=/opt/loci/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    LOCI_DATA_DIR=/tmp/loci \
    LOCI_CACHE_DIR=/tmp/loci-cache \
    LOCI_HOST=0.0.0.0 \
    LOCI_PORT=3010
USER 10001:10001
WORKDIR /tmp
EXPOSE 3010
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ['LOCI_PORT']}/readyz\", timeout=4)"]
CMD ["loci", "serve"]
