#!/bin/sh
# The whole recipe: train both models, export the three files, write the report.
set -eu
here=$(dirname "$0")
out=${1:?give a folder for checkpoints, outside the sources}
dest="$here/../../assets/models"
python="${PYTHON:-python}"
for model in demo-2m demo-0.5m; do
    "$python" "$here/train.py" --model "$model" --out "$out"
done
"$python" "$here/export.py" --out "$out" --dest "$dest"
"$python" "$here/evaluate.py" --out "$out" --models "$dest"
