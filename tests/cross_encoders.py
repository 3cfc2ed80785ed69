"""Folders of tiny cross-encoders with weights of chance, made without a network."""

import json
from pathlib import Path

_WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] what does she like tea milk cello and the plays".split()


def folder(path: Path, *, labels: int = 1, architecture: str = "BertForSequenceClassification") -> Path:
    """A small BERT that reads 64 tokens; its logits are far outside [0, 1], and it has no activation."""
    import torch
    import transformers

    torch.manual_seed(1)  # pyright: ignore[reportUnknownMemberType]  # untyped
    config = transformers.BertConfig(
        vocab_size=len(_WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    config.num_labels = labels
    model = getattr(transformers, architecture)(config)
    if architecture == "BertForSequenceClassification":
        model.classifier.weight.data *= 500
    model.config.sentence_transformers = {"activation_fn": "torch.nn.modules.linear.Identity"}
    model.save_pretrained(path)
    (path / "vocab.txt").write_text("\n".join(_WORDS), encoding="utf-8")
    described = {"tokenizer_class": "BertTokenizer", "do_lower_case": True, "model_max_length": 64}
    (path / "tokenizer_config.json").write_text(json.dumps(described), encoding="utf-8")
    return path
