"""An optimizer's state as a safetensors file, and back.

A tensor of the file is named PARAMETER.KEY, as in encoder.0.weight.exp_avg; a parameter without a name has its number,
as in state.0.exp_avg. A number that PyTorch keeps as a Python int (SparseAdam's step) is an int64 tensor without axes.
The metadata has param_groups: the list that state_dict() has under this name, as JSON.
"""

import json

import safetensors
import safetensors.torch
import torch


def _names(param_groups):
    names = {}
    for group in param_groups:
        for place, index in enumerate(group["params"]):
            names[index] = group["param_names"][place] if "param_names" in group else f"state.{index}"
    return names


def save(optimizer, path):
    state = optimizer.state_dict()
    names = _names(state["param_groups"])
    tensors = {}
    for index, entry in state["state"].items():
        for key, value in entry.items():
            if value is not None:
                tensor = value if torch.is_tensor(value) else torch.tensor(value)
                tensors[f"{names[index]}.{key}"] = tensor.contiguous()
    groups = json.dumps(state["param_groups"])
    safetensors.torch.save_file(tensors, path, metadata={"format": "pt", "param_groups": groups})


def load(optimizer, path):
    with safetensors.safe_open(path, framework="pt") as file:
        groups = json.loads(file.metadata()["param_groups"])
        names = _names(groups)
        state = {}
        for index, name in names.items():
            entry = {}
            for key in file.keys():
                parameter, _, last = key.rpartition(".")
                if parameter == name:
                    value = file.get_tensor(key)
                    entry[last] = value if value.is_floating_point() else value.item()
            if entry:
                state[index] = entry
    for group in groups:
        for key, value in group.items():
            if isinstance(value, list) and key not in ("params", "param_names"):
                group[key] = tuple(value)
    optimizer.load_state_dict({"state": state, "param_groups": groups})
