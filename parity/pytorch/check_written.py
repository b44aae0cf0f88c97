"""Has PyTorch go on from the files that PyTorchCheckpointTest has written, and compares.

    mvn -q -pl parity -am test -Dtest=PyTorchCheckpointTest -Dsurefire.failIfNoSpecifiedTests=false
    python parity/pytorch/check_written.py

For each case in target/pytorch: torch.load(weights_only=True), also with mmap=True, load_state_dict into an optimizer
with every default, the same from the safetensors file, then the recorded gradients for 15 updates. Prints the largest
difference from Java's parameters, relative to max(1, |value|); exit code 1 if it is above 1e-6 anywhere.
"""

import json
import pathlib
import sys

import torch

import record_checkpoints as recording
import safetensors_export

WRITTEN = recording.HERE.parent / "target" / "pytorch"
BOUND = 1e-6


def walk(make, state_of, case, gradients):
    model = torch.load(WRITTEN / f"{case['name']}.model.pt", weights_only=True)
    parameters = {name: torch.nn.Parameter(value.clone()) for name, value in model.items()}
    groups = [{"params": [(n, parameters[n]) for n in names]} for names in case["groups"]]
    sparse = make is torch.optim.SparseAdam
    optimizer = make(groups, lr=0.5, **({} if sparse else {"foreach": False}))
    state_of(optimizer)
    worst = 0.0
    for number in range(1, 16):
        recording.step(optimizer, parameters, gradients, case["steps_before"] + number)
        for name, parameter in parameters.items():
            theirs = torch.tensor(case["values"][name][number - 1], dtype=torch.float64)
            ours = parameter.detach().flatten().double()
            worst = max(worst, ((ours - theirs).abs() / theirs.abs().clamp(min=1)).max().item())
    return worst


def main():
    gradients = recording.gradients()
    failed = 0
    for name, (ours, make, *_) in recording.cases().items():
        case = json.loads((WRITTEN / f"{name}.json").read_text())
        case["name"] = name
        assert case["optimizer"] == ours, name
        path = WRITTEN / f"{name}.pt"
        ways = {
            "torch.load": lambda o: o.load_state_dict(torch.load(path, weights_only=True)),
            "mmap": lambda o: o.load_state_dict(torch.load(path, weights_only=True, mmap=True)),
            "safetensors": lambda o: safetensors_export.load(o, WRITTEN / f"{name}.safetensors"),
        }
        errors = {way: walk(make, load, case, gradients) for way, load in ways.items()}
        good = all(error <= BOUND for error in errors.values())
        failed += not good
        print("ok  " if good else "FAIL", name.ljust(18), *(f"{w} {e:.1e}" for w, e in errors.items()))
    print(f"PyTorch {torch.__version__}: {len(recording.cases()) - failed} of {len(recording.cases())} go on equally")
    sys.exit(failed > 0)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
