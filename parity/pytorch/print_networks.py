"""Prints what PyTorch's modules answer in the place of Thalweg's networks, for NetworksAgainstPyTorchTest.

    pip install torch
    python parity/pytorch/print_networks.py

Parameters and features are sines, the same in Java. Printed are a network's answers to two samples, and the sum over
all parameters of gradient times cos(index), the gradient being that of the sum of the squared answers.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden0, self.norm0 = nn.Linear(5, 4), nn.LayerNorm(4)
        self.hidden1, self.norm1 = nn.Linear(4, 3), nn.LayerNorm(3)
        self.output = nn.Linear(3, 3)

    def forward(self, x):
        x = torch.tanh(self.norm0(self.hidden0(x)))
        return self.output(torch.tanh(self.norm1(self.hidden1(x))))


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv0, self.norm0 = nn.Conv2d(2, 3, 3, padding=1, bias=False), nn.BatchNorm2d(3)
        self.conv1, self.norm1 = nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4)
        self.hidden, self.output = nn.Linear(8, 16), nn.Linear(16, 3)

    def forward(self, x):
        x = x.view(-1, 2, 8, 6)
        x = F.max_pool2d(F.relu(self.norm0(self.conv0(x))), 2)
        x = F.max_pool2d(F.relu(self.norm1(self.conv1(x))), 2)
        return self.output(F.relu(self.hidden(x.flatten(1))))


class Recurrent(nn.Module):
    def __init__(self, name, kind, text=False, **options):
        super().__init__()
        directions = 2 if options.get("bidirectional") else 1
        if text:
            self.embedding = nn.Embedding(11, 3)
        self.text, self.name, self.directions = text, name, directions
        self.add_module(name, kind(3, 3, batch_first=True, **options))
        self.output = nn.Linear(3 * directions, 3)

    def forward(self, x):
        x = self.embedding(x.long()) if self.text else x.view(-1, 7, 3)
        answers, last = self.get_submodule(self.name)(x)
        last = last[0] if isinstance(last, tuple) else last
        return self.output(answers if self.text else torch.cat(list(last[-self.directions :]), 1))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.attention, self.projection = nn.LayerNorm(4), nn.Linear(4, 12), nn.Linear(4, 4)
        self.norm2, self.up, self.down = nn.LayerNorm(4), nn.Linear(4, 6), nn.Linear(6, 4)

    def forward(self, x, causal):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1]) if causal else None
        parts = self.attention.weight, self.attention.bias, self.projection.weight, self.projection.bias
        h = self.norm1(x).transpose(0, 1)
        h, _ = F.multi_head_attention_forward(
            h, h, h, 4, 2, parts[0], parts[1], None, None, False, 0.0, parts[2], parts[3], attn_mask=mask
        )
        x = x + h.transpose(0, 1)
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, text):
        super().__init__()
        self.text = text
        if text:
            self.embedding, self.positions = nn.Embedding(11, 4), nn.Embedding(6, 4)
        else:
            self.input, self.positions = nn.Linear(3, 4), nn.Embedding(7, 4)
        self.block0, self.norm, self.output = Block(), nn.LayerNorm(4), nn.Linear(4, 3)

    def forward(self, x):
        x = self.embedding(x.long()) if self.text else self.input(x.view(-1, 7, 3))
        x = self.norm(self.block0(x + self.positions.weight, self.text))
        return self.output(x if self.text else x.mean(1))


class Bag(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.output = nn.EmbeddingBag(50, 3, mode="sum"), nn.Linear(3, 3)

    def forward(self, x):
        return self.output(self.embedding(x[:, :4].long(), per_sample_weights=x[:, 4:]))


def features(columns, allowed):
    numbers = [math.sin(i * 0.7) for i in range(2 * columns)]
    for i in range(2 * columns):
        if allowed and i % columns < allowed[1]:
            numbers[i] = i * allowed[0] % allowed[2]
    return torch.tensor(numbers).view(2, columns)


CASES = {
    "mlp": (Mlp(), 5, None),
    "cnn": (Cnn(), 96, None),
    "lstm": (Recurrent("lstm", nn.LSTM, num_layers=2, bidirectional=True), 21, None),
    "lstm of text": (Recurrent("lstm", nn.LSTM, text=True), 6, (7, 6, 11)),
    "gru": (Recurrent("gru", nn.GRU), 21, None),
    "transformer": (Transformer(False), 21, None),
    "transformer of text": (Transformer(True), 6, (7, 6, 11)),
    "embedding": (Bag(), 8, (13, 4, 50)),
}

for name, (module, columns, allowed) in CASES.items():
    with torch.no_grad():
        for key, parameter in module.named_parameters():
            k = torch.arange(parameter.numel(), dtype=torch.float64)
            parameter.copy_((0.5 * torch.sin(0.37 * k + len(key))).view(parameter.shape))
    answers = module(features(columns, allowed))
    answers.pow(2).sum().backward()
    weighted = 0.0
    for parameter in module.parameters():
        k = torch.arange(parameter.numel(), dtype=torch.float64)
        weighted += float((parameter.grad.flatten().double() * torch.cos(k)).sum())
    print(name, ", ".join("%.6f" % a for a in answers.detach()[:, -1].flatten() if answers.dim() == 3) or
          ", ".join("%.6f" % a for a in answers.detach().flatten()), "|", "%.5f" % weighted)
