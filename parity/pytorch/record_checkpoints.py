"""Records checkpoints of PyTorch's optimizers, and where PyTorch goes from them.

    pip install torch safetensors
    python parity/pytorch/record_checkpoints.py

For each case it trains k = 7 updates on the CPU in float32 (foreach=False), saves with torch.save, trains 20 more, and
writes two files: CASE.pt, the checkpoint, and CASE.json, what is in it and the parameters afterwards. Gradients do not
depend on the parameters, so only the optimizer is compared; they are in gradients.json, exact in float32, with steps of
zeros, spikes of x50 and whispers of x1e-4. Everything is seeded: a second run writes the same numbers.

    src/test/resources/pytorch/gradients.json    name -> one array per step, or null for no gradient at that step
                               CASE.pt, CASE.json
                               adamw_export.safetensors    as safetensors_export.py writes it
    ../checkpoint/src/test/resources/pytorch/    files for the reader alone: all kinds of tensors, and what is refused
"""

import collections
import json
import math
import os
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import safetensors_export  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE.parent / "src" / "test" / "resources" / "pytorch"
READER = HERE.parent.parent / "checkpoint" / "src" / "test" / "resources" / "pytorch"
BEFORE, AFTER = 7, 20
AT = [1, 2, 5, 10, 20]

SHAPES = {
    "encoder.0.weight": (3, 4),
    "encoder.0.bias": (3,),
    "decoder.weight": (2, 3),
    "scale": (),
    "late": (2,),
}
GROUPS = [["encoder.0.weight", "decoder.weight"], ["encoder.0.bias", "scale", "late"]]
TABLES = {"words.weight": (5, 3), "tags.weight": (4, 2)}
TABLE_GROUPS = [["words.weight"], ["tags.weight"]]

LATE_FROM = BEFORE + 4  # the step at which "late" and "tags.weight" get their first gradient


def gradients():
    """Name -> one entry per step: a flat list, None, or for a table {"rows": [...], "values": [...]}."""
    generator = torch.Generator().manual_seed(20)
    steps = {}
    for name, shape in SHAPES.items():
        steps[name] = []
        for step in range(1, BEFORE + AFTER + 1):
            g = torch.randn(shape, generator=generator)
            if step % 9 == 4:
                g = g * 0
            elif step % 9 == 6:
                g = g * 50
            elif step % 9 == 8:
                g = g * 2.0**-13
            if name == "encoder.0.weight" and step % 5 != 0:
                g[0, 0] = 0  # rarely touched
            steps[name].append(None if name == "late" and step < LATE_FROM else g.flatten().tolist())
    for name, (rows, columns) in TABLES.items():
        steps[name] = []
        for step in range(1, BEFORE + AFTER + 1):
            touched = torch.randperm(rows, generator=generator)[:2]
            values = torch.randn(2, columns, generator=generator)
            absent = name == "tags.weight" and step < LATE_FROM
            steps[name].append(
                None if absent else {"rows": touched.tolist(), "values": values.flatten().tolist()}
            )
    return steps


def cases():
    """Case -> (our name, torch class, options, per group options, how it is saved)."""
    o = torch.optim
    decay = [{}, {"lr": 0.003, "weight_decay": 0.02}]
    rates = [{}, {"lr": 0.004}]
    return {
        "sgd": ("sgd", o.SGD, {"lr": 0.01}, decay, "named"),
        "sgd_momentum": ("sgd", o.SGD, {"lr": 0.01, "momentum": 0.9}, decay, "alone"),
        "sgd_nesterov": (
            "sgd", o.SGD, {"lr": 0.01, "momentum": 0.85, "nesterov": True, "weight_decay": 0.1}, decay, "named"),
        "sgd_dampening": (
            "sgd", o.SGD, {"lr": 0.01, "momentum": 0.9, "dampening": 0.3, "maximize": True}, decay, "positional"),
        "adam": ("adam", o.Adam, {"lr": 0.01, "weight_decay": 0.05}, decay, "named"),
        "adam_amsgrad": ("adam", o.Adam, {"lr": 0.01, "betas": (0.8, 0.97), "amsgrad": True}, decay, "alone"),
        "adam_scheduled": ("adam", o.Adam, {"lr": 0.02, "eps": 1e-6}, decay, "scheduled"),
        "adam_tensor_lr": ("adam", o.Adam, {"lr": torch.tensor(0.0125)}, [{}, {"lr": 0.003}], "named"),
        "adam_older": ("adam", o.Adam, {"lr": 0.01, "weight_decay": 0.05}, decay, "older"),
        "sgd_older": ("sgd", o.SGD, {"lr": 0.01}, decay, "older"),
        "adam_decoupled": (
            "adam", o.Adam, {"lr": 0.01, "decoupled_weight_decay": True, "weight_decay": 0.1}, decay, "positional"),
        "adamw": ("adamw", o.AdamW, {"lr": 0.01, "weight_decay": 0.1}, decay, "named"),
        "adamw_amsgrad": ("adamw", o.AdamW, {"lr": 0.01, "amsgrad": True, "maximize": True}, decay, "positional"),
        "adamw_float64": ("adamw", o.AdamW, {"lr": 0.01}, decay, "float64"),
        "adamax": ("adamax", o.Adamax, {"lr": 0.01, "weight_decay": 0.05}, decay, "named"),
        "nadam": ("nadam", o.NAdam, {"lr": 0.01, "weight_decay": 0.05}, decay, "named"),
        "nadam_decoupled": (
            "nadam", o.NAdam,
            {"lr": 0.01, "weight_decay": 0.05, "decoupled_weight_decay": True, "momentum_decay": 0.01},
            decay, "positional"),
        "radam": ("radam", o.RAdam, {"lr": 0.01, "betas": (0.9, 0.98), "weight_decay": 0.05}, decay, "named"),
        "radam_decoupled": (
            "radam", o.RAdam, {"lr": 0.01, "weight_decay": 0.05, "decoupled_weight_decay": True}, decay, "alone"),
        "adagrad": (
            "adagrad", o.Adagrad,
            {"lr": 0.05, "lr_decay": 0.02, "initial_accumulator_value": 0.1, "weight_decay": 0.01}, decay, "named"),
        "adadelta": ("adadelta", o.Adadelta, {"lr": 0.8, "rho": 0.92, "weight_decay": 0.01}, decay, "named"),
        "rmsprop": ("rmsprop", o.RMSprop, {"lr": 0.01, "weight_decay": 0.01}, decay, "named"),
        "rmsprop_centered": (
            "rmsprop", o.RMSprop, {"lr": 0.01, "alpha": 0.9, "centered": True, "momentum": 0.9, "eps": 1e-5},
            decay, "positional"),
        "rprop": ("rprop", o.Rprop, {"lr": 0.01, "etas": (0.4, 1.3), "step_sizes": (1e-5, 2)}, rates, "named"),
        "asgd": ("asgd", o.ASGD, {"lr": 0.01, "lambd": 1e-2, "t0": 10.0, "weight_decay": 0.01}, decay, "named"),
        "sparse_adam": ("sparse_adam", o.SparseAdam, {"lr": 0.01, "betas": (0.8, 0.99)}, rates, "named"),
        "adafactor": ("adafactor", o.Adafactor, {"lr": 0.05, "weight_decay": 0.01}, decay, "named"),
        "adafactor_eps": (
            "adafactor", o.Adafactor, {"lr": 0.05, "eps": (1e-6, 0.01), "beta2_decay": -0.7, "d": 1.5},
            decay, "positional"),
    }


class Model(torch.nn.Module):
    """Parameters by dotted names, and one buffer."""

    def __init__(self, shapes, dtype):
        super().__init__()
        generator = torch.Generator().manual_seed(4)
        for name, shape in shapes.items():
            *path, last = name.split(".")
            at = self
            for part in path:
                if part not in at._modules:
                    at.add_module(part, torch.nn.Module())
                at = at._modules[part]
            start = torch.randn(shape, generator=generator).to(dtype)
            at.register_parameter(last, torch.nn.Parameter(start))
        self.register_buffer("batches", torch.tensor(3))


def numbers(tensor):
    """The elements, in the shortest decimals that read back as the same float32 (or float64)."""
    flat = tensor.detach().flatten()
    if flat.dtype == torch.float32:
        return [Short(x) for x in flat.numpy()]
    return flat.tolist()


class Short(float):
    def __new__(cls, float32):
        short = float.__new__(cls, float(float32))
        short.text = str(float32)
        return short

    def __repr__(self):
        return self.text


def older(state):
    """As PyTorch 1.9 had it: steps in Python ints, None for an unused momentum, fewer options."""
    state = {"state": {i: dict(e) for i, e in state["state"].items()},
             "param_groups": [dict(g) for g in state["param_groups"]]}
    for group in state["param_groups"]:
        for later in ("maximize", "foreach", "capturable", "differentiable", "fused", "decoupled_weight_decay"):
            group.pop(later, None)
        for index in group["params"]:
            if "momentum" in group and group["momentum"] == 0:
                state["state"][index] = {"momentum_buffer": None}
            elif index in state["state"]:
                state["state"][index]["step"] = int(state["state"][index]["step"])
    return state


def step(optimizer, parameters, recorded, number):
    for name, parameter in parameters.items():
        g = recorded[name][number - 1]
        if g is None:
            parameter.grad = None
        elif isinstance(g, dict):
            values = torch.tensor(g["values"]).reshape(len(g["rows"]), -1)
            parameter.grad = torch.sparse_coo_tensor([g["rows"]], values, parameter.shape)
        else:
            parameter.grad = torch.tensor(g, dtype=parameter.dtype).reshape(parameter.shape)
    optimizer.step()


def record(case, ours, make, options, of_group, saved, recorded):
    sparse = make is torch.optim.SparseAdam
    dtype = torch.float64 if saved == "float64" else torch.float32
    model = Model(TABLES if sparse else SHAPES, dtype)
    parameters = dict(model.named_parameters())
    groups = TABLE_GROUPS if sparse else GROUPS
    named = saved in ("named", "scheduled", "float64")
    given = []
    for names, more in zip(groups, of_group):
        members = [(n, parameters[n]) if named else parameters[n] for n in names]
        given.append({"params": members, **more})
    one_by_one = {} if sparse else {"foreach": False}
    optimizer = make(given, **options, **one_by_one)
    scheduler = (
        torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.95) if saved == "scheduled" else None
    )
    for number in range(1, BEFORE + 1):
        step(optimizer, parameters, recorded, number)
        if scheduler:
            scheduler.step()

    state = older(optimizer.state_dict()) if saved == "older" else optimizer.state_dict()
    if saved == "alone":
        torch.save(state, RECORDED / f"{case}.pt")
    else:
        whole = {"model": model.state_dict(), "optimizer": state, "epoch": 3}
        if scheduler:
            whole["scheduler"] = scheduler.state_dict()
        torch.save(whole, RECORDED / f"{case}.pt")
    if case == "adamw":
        safetensors_export.save(optimizer, RECORDED / "adamw_export.safetensors")
    if case == "adam_amsgrad":
        safetensors_export.save(optimizer, RECORDED / "adam_amsgrad_export.safetensors")
        torch.save(state, READER / "adam.pt")

    flat = [name for names in groups for name in names]
    described = {
        "format": "pytorch-checkpoint/1",
        "source": f"PyTorch {torch.__version__.split('+')[0]}, torch.optim.{make.__name__}, "
        f"{str(dtype).removeprefix('torch.')} on the CPU, foreach=False",
        "optimizer": ours,
        "groups": groups,
        "steps_before": BEFORE,
        "group_options": [
            {
                k: v.item() if torch.is_tensor(v) else v
                for k, v in group.items()
                if k not in ("params", "param_names")
            }
            for group in state["param_groups"]
        ],
        "parameters": {
            n: {"shape": list(p.shape), "values": numbers(p)} for n, p in parameters.items()
        },
        "state": {
            flat[index]: {
                key: numbers(v) if torch.is_tensor(v) else [v] for key, v in entry.items() if v is not None
            }
            for index, entry in state["state"].items()
        },
    }

    rates, values = [], {name: [] for name in parameters}
    for number in range(1, AFTER + 1):
        rates.append([group["lr"] for group in optimizer.param_groups])
        step(optimizer, parameters, recorded, BEFORE + number)
        if scheduler:
            scheduler.step()
        if number in AT:
            for name, parameter in parameters.items():
                assert torch.isfinite(parameter).all(), (case, name, number)
                values[name].append(numbers(parameter))
    if scheduler:
        described["lr"] = rates
    described["expected"] = {"at": AT, "values": values}
    write(RECORDED / f"{case}.json", described)


def write(path, value):
    """JSON with one line for each array of numbers."""

    def lines(value, indent):
        if isinstance(value, dict):
            inner = ",\n".join(
                f'{indent}  {json.dumps(k)}: {lines(v, indent + "  ")}' for k, v in value.items()
            )
            return "{\n" + inner + "\n" + indent + "}"
        if isinstance(value, list) and any(isinstance(x, (list, dict)) for x in value):
            inner = ",\n".join(f"{indent}  {lines(x, indent + '  ')}" for x in value)
            return "[\n" + inner + "\n" + indent + "]"
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(lines(x, "") for x in value) + "]"
        return repr(value) if isinstance(value, Short) else json.dumps(value)

    path.write_text(lines(value, "") + "\n")


class Config:
    """A class that only this script knows."""

    def __init__(self):
        self.layers = 3


class Shell:
    """What a hostile file does: it has a function called while it is read."""

    def __reduce__(self):
        return (os.system, ("echo this must not be printed",))


class Evaluates:
    def __reduce__(self):
        return (eval, ("1 + 1",))


def tensors():
    """All kinds of tensors and containers, and what is in them."""
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    half = [0.0, -1.5, 65504.0, 6e-8, math.inf, -math.inf, 1 / 3, -2.0**-14]
    table = {
        "float32": torch.tensor([1.5, -0.0, math.inf, 1e-45, 3.4e38, 0.1]),
        "float64": torch.tensor([[0.1, -1e300], [5e-324, math.pi]], dtype=torch.float64),
        "float16": torch.tensor(half, dtype=torch.float16),
        "bfloat16": torch.tensor([0.0, -1.5, 3e38, 1e-40, math.inf, 1 / 3], dtype=torch.bfloat16),
        "int64": torch.tensor([1, -2, 2**53, -(2**53)], dtype=torch.int64),
        "int32": torch.tensor([1, -2, 2**31 - 1, -(2**31)], dtype=torch.int32),
        "int16": torch.tensor([1, -2, 2**15 - 1, -(2**15)], dtype=torch.int16),
        "int8": torch.tensor([1, -2, 127, -128], dtype=torch.int8),
        "uint8": torch.tensor([0, 1, 128, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False, True]),
        "number": torch.tensor(2.5),
        "empty": torch.empty(0, 3),
        "shared.whole": base,
        "shared.rows": base[1:3],
        "shared.transposed": base.t(),
        "shared.corner": base[2:, 3:5],
        "shared.every_other": base[::2, 1::2],
        "shared.number": base[3, 5],
        "expanded": torch.tensor([[1.0], [2.0]]).expand(2, 3),
        "parameter": torch.nn.Parameter(torch.tensor([0.25, 0.5])),
    }
    expected = {
        name: {
            "dtype": str(t.dtype).removeprefix("torch."),
            "shape": list(t.shape),
            "values": [str(float(x)) for x in t.detach().double().flatten()],
        }
        for name, t in table.items()
    }
    READER.mkdir(parents=True, exist_ok=True)
    torch.save(collections.OrderedDict(table), READER / "tensors.pt")
    write(READER / "tensors.json", expected)
    containers = {
        "none": None,
        "true": True,
        "whole": [0, 255, 65535, -1, 2**31, -(2**40), 2**62, 2**70],
        "real": [0.1, -math.inf, 1e300],
        "text": "naïve Δ " + "x" * 300,
        "bytes": b"\x00\x01\xff" * 100,
        "tuple": ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)),
        "set": {1},
        "size": torch.Size([2, 3]),
        "dtype": torch.float32,
        "device": torch.device("cpu"),
        "ordered": collections.OrderedDict(b=1, a=2),
        "counted": collections.defaultdict(dict, {"k": {"deep": [1, [2, [3]]]}}),
        5: "a key that is a number",
    }
    containers["again"] = containers["whole"]
    torch.save(containers, READER / "containers.pt")
    for protocol in (3, 4, 5):
        torch.save(containers, READER / f"containers_protocol{protocol}.pt", pickle_protocol=protocol)


def refused():
    import argparse

    import numpy

    folder = READER / "refused"
    folder.mkdir(parents=True, exist_ok=True)
    ok = {"lr": 0.1, "values": torch.arange(6.0)}
    torch.save({**ok, "hook": Shell()}, folder / "os_system.pt")
    torch.save({**ok, "hook": Evaluates()}, folder / "eval.pt")
    torch.save({**ok, "config": Config()}, folder / "custom_class.pt")
    torch.save({**ok, "args": argparse.Namespace(lr=0.1)}, folder / "namespace.pt")
    torch.save({**ok, "loss": numpy.float64(0.5)}, folder / "numpy_number.pt")
    torch.save(torch.nn.Linear(2, 2), folder / "whole_module.pt")
    torch.save({"g": torch.eye(2).to_sparse()}, folder / "sparse_tensor.pt")
    torch.save({**ok, "f": torch.relu}, folder / "function.pt")
    torch.save(ok, folder / "before_1_6.pt", _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), str(folder / "torchscript.pt"))


def main():
    RECORDED.mkdir(parents=True, exist_ok=True)
    READER.mkdir(parents=True, exist_ok=True)
    recorded = gradients()
    as_float32 = {
        name: [
            None
            if g is None
            else {"rows": g["rows"], "values": numbers(torch.tensor(g["values"]))}
            if isinstance(g, dict)
            else numbers(torch.tensor(g))
            for g in steps
        ]
        for name, steps in recorded.items()
    }
    write(RECORDED / "gradients.json", as_float32)
    for case, (ours, make, options, of_group, saved) in cases().items():
        record(case, ours, make, options, of_group, saved, recorded)
    tensors()
    refused()


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
