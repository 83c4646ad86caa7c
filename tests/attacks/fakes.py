"""Attacks on the two functions whose answers are networks: what is shown instead of one.

Each entry is the cell of a student. None of them may win the point; the honest ones at the end must.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fake:
    """One cell in place of an answer; `kind` is attack or honest."""

    name: str
    assignment: str
    function: str
    tries: str
    code: str
    kind: str = "attack"


BUILD = """
def build_classifier(vocabulary, length, units, dropout, optimizer, init_mode, activation):
    model = keras.Sequential([
        keras.Input((length,)),
        keras.layers.Embedding(vocabulary, 8),
        {LSTM}(units, activation=activation, kernel_initializer=init_mode),
        {Dropout}(dropout),
        keras.layers.Dense(3, activation="softmax", kernel_initializer=init_mode),
    ])
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model
"""


def _build(lstm: str = "keras.layers.LSTM", dropout: str = "keras.layers.Dropout") -> str:
    return BUILD.replace("{LSTM}", lstm).replace("{Dropout}", dropout)


LAZY = """
class LSTM(keras.layers.LSTM):
    def call(self, sequences, initial_state=None, mask=None, training=False):
        return keras.ops.zeros((keras.ops.shape(sequences)[0], self.units))
"""

CLAIMS = """
real = keras.layers
shapes = {"Embedding": ("input_dim",), "LSTM": ("units",), "Dropout": ("rate",), "Dense": ("units",)}
def layer(kind, **settings):
    return type(kind, (), {"return_sequences": False, **settings})()
def named(name):
    return lambda: None if not name else type(name, (), {"__name__": name})()
class Model:
    compiled = True
    def __init__(self, *arguments):
        self.arguments = arguments
    @property
    def __class__(self):
        return keras.Model
    @property
    def layers(self):
        vocabulary, length, units, dropout, optimizer, init_mode, activation = self.arguments
        kernel = keras.initializers.get(init_mode)
        act = keras.activations.get
        return [layer("Embedding", input_dim=vocabulary),
                layer("LSTM", units=units, activation=act(activation),
                      recurrent_activation=act("sigmoid"), kernel_initializer=kernel),
                layer("Dropout", rate=dropout),
                layer("Dense", units=3, activation=act("softmax"), kernel_initializer=kernel)]
    @property
    def optimizer(self):
        return keras.optimizers.get(self.arguments[4])
    @property
    def input_shape(self):
        return (None, self.arguments[1])
    weights = []
    def set_weights(self, weights): pass
    def __call__(self, tokens, training=False):
        return np.full((len(tokens), 3), 1 / 3)
    def compute_loss(self, x=None, y=None, y_pred=None):
        return np.log(3)
def build_classifier(*arguments):
    return Model(*arguments)
"""

CLONE = """
def copy_of(model):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy
"""

FAKES = (
    Fake(
        "lstm-of-zeros",
        "search",
        "build_classifier",
        "a subclass of LSTM that returns zeros",
        LAZY + _build("LSTM"),
    ),
    Fake(
        "lstm-of-zeros-under-its-name",
        "search",
        "build_classifier",
        "the same, which says that it is Keras's own",
        LAZY
        + "LSTM.__module__ = 'keras.src.layers.rnn.lstm'\n"
        + "LSTM.get_config = lambda self: {**keras.layers.LSTM.get_config(self)}\n"
        + "import keras.src.layers.rnn.lstm as home\nhome.LSTM = LSTM\n"
        + _build("LSTM"),
    ),
    Fake(
        "registered-as-keras",
        "search",
        "build_classifier",
        "a layer of one's own that is registered under a name of Keras",
        LAZY
        + "keras.saving.register_keras_serializable(package='keras', name='LSTM')(LSTM)\n"
        + _build("LSTM"),
    ),
    Fake(
        "patched-lstm",
        "search",
        "build_classifier",
        "Keras's own LSTM, made to return zeros",
        LAZY + "keras.layers.LSTM.call = LSTM.call\n" + _build(),
    ),
    Fake(
        "object-that-pretends",
        "search",
        "build_classifier",
        "no network at all, whose class pretends to be Keras's",
        CLAIMS,
    ),
    Fake(
        "isinstance-shadowed",
        "search",
        "build_classifier",
        "the same, with an isinstance that says yes to everything",
        "isinstance = lambda *anything: True\nimport builtins\nbuiltins.isinstance_ = isinstance\n"
        + CLAIMS,
    ),
    Fake(
        "lambda-in-the-network",
        "search",
        "build_classifier",
        "a Lambda layer whose code would run where the network is loaded",
        _build(dropout="(lambda rate: keras.layers.Lambda(lambda x: x, name='dropout'))"),
    ),
    Fake(
        "written-form-of-another",
        "search",
        "build_classifier",
        "a network that writes down another one than it is",
        _build().replace("build_classifier(", "honest(")
        + """
class Sparse(keras.Model):
    def __init__(self, *arguments):
        super().__init__()
        self.honest, self.arguments = honest(*arguments), arguments
    def call(self, x, training=False):
        return keras.ops.zeros((keras.ops.shape(x)[0], 3)) + 1 / 3
    def to_json(self, **named):
        return self.honest.to_json()
def build_classifier(*arguments):
    return Sparse(*arguments)
""",
    ),
    Fake(
        "bytes-and-a-clone",
        "tweets",
        "save_and_reload",
        "write a few bytes and return a clone",
        CLONE
        + """
def save_and_reload(model, path):
    open(path, "wb").write(b"PK\\x03\\x04")
    return copy_of(model)
""",
    ),
    Fake(
        "empty-file-and-a-clone",
        "tweets",
        "save_and_reload",
        "write nothing and return a clone",
        CLONE
        + """
def save_and_reload(model, path):
    open(path, "wb").close()
    return copy_of(model)
""",
    ),
    Fake(
        "bytes-and-a-wrapper",
        "tweets",
        "save_and_reload",
        "write a few bytes and return a wrapper around the model",
        """
class Wrapper(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def call(self, x, training=False):
        return self.inner(x)
def save_and_reload(model, path):
    open(path, "w").write("a network")
    return Wrapper(model)
""",
    ),
    Fake(
        "file-of-another-network",
        "tweets",
        "save_and_reload",
        "save an untrained network and return a clone of the trained one",
        CLONE
        + """
def save_and_reload(model, path):
    keras.models.clone_model(model).save(path)
    return copy_of(model)
""",
    ),
    Fake(
        "file-only-this-notebook-can-read",
        "tweets",
        "save_and_reload",
        "patch load_model so that it finds the model in memory",
        CLONE
        + """
kept = {}
def save_and_reload(model, path):
    open(path, "w").write("here")
    kept[path] = copy_of(model)
    keras.saving.load_model = keras.models.load_model = lambda path, **named: kept[path]
    return keras.models.load_model(path)
""",
    ),
    Fake(
        "link-to-an-endless-file",
        "tweets",
        "save_and_reload",
        "a link to an endless device in place of the file",
        CLONE
        + """
import os
def save_and_reload(model, path):
    os.symlink("/dev/zero", path)
    return copy_of(model)
""",
    ),
    Fake(
        "file-with-code",
        "tweets",
        "save_and_reload",
        "a file with a Lambda layer, whose code would run where it is loaded",
        CLONE
        + """
def save_and_reload(model, path):
    inputs = keras.Input(model.input_shape[1:])
    outputs = keras.layers.Lambda(lambda x: __import__("os").getpid() * x)(model(inputs))
    keras.Model(inputs, outputs).save(path)
    return copy_of(model)
""",
    ),
    Fake(
        "honest-classifier",
        "search",
        "build_classifier",
        "the answer as it is meant",
        _build(),
        "honest",
    ),
    Fake(
        "honest-in-half-precision",
        "search",
        "build_classifier",
        "a mixed precision for all that the notebook builds",
        "keras.config.set_dtype_policy('mixed_float16')\n" + _build(),
        "honest",
    ),
    Fake(
        "honest-in-another-half-precision",
        "search",
        "build_classifier",
        "a mixed precision whose probabilities have three digits",
        "keras.config.set_dtype_policy('mixed_bfloat16')\n" + _build(),
        "honest",
    ),
    Fake(
        "honest-loss-of-ones-own",
        "search",
        "build_classifier",
        "a cross-entropy that the student wrote",
        "def entropy(y, p):\n"
        "    y = keras.ops.one_hot(keras.ops.cast(keras.ops.reshape(y, (-1,)), 'int32'), 3)\n"
        "    return -keras.ops.sum(y * keras.ops.log(keras.ops.clip(p, 1e-7, 1)), axis=-1)\n"
        + _build().replace('"sparse_categorical_crossentropy"', "entropy"),
        "honest",
    ),
    Fake(
        "honest-reload",
        "tweets",
        "save_and_reload",
        "the answer as it is meant, in half precision",
        "keras.config.set_dtype_policy('mixed_float16')\n"
        "def save_and_reload(model, path):\n"
        "    model.save(path)\n    return keras.models.load_model(path)\n",
        "honest",
    ),
)
