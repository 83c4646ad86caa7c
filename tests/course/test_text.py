"""The standardiser keeps what carries meaning, and a saved model finds it again."""

import subprocess
import sys

import numpy as np
import pytest

from course import training

training.quiet()
pytestmark = pytest.mark.tensorflow


def words(text):
    from course.text import standardize

    return standardize([text]).numpy()[0].decode().split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ISN'T over", "it is not over"),
        ("they didn’t; I can't, we won't", "they did not i can not we will not"),
        ("cant and aunt stay", "cant and aunt stay"),
        ("A party! Really?! No!!!", "a party ! really ? ! no !"),
        ("RT @Some_One: look #GOPDebate", "rt @some_one look #gopdebate"),
        ("see https://t.co/aB1 and http://t.co/x…", "see and"),
        ("salt &amp; pepper &lt;3", "salt and pepper 3"),
        ("[a]^b—c", "a b c"),
        ("", ""),
    ],
)
def test_what_carries_meaning_stays(text, expected):
    assert words(text) == expected.split()


@pytest.mark.slow
def test_a_saved_model_finds_its_standardiser_in_a_new_process(tmp_path):
    """Registered under another name, or not at all, the reader's own model would not load."""
    import keras

    from course.text import standardize

    path = tmp_path / "model.keras"
    vectorize = keras.layers.TextVectorization(20, standardize=standardize, output_mode="count")
    vectorize.adapt(["is not good", "@you #go !"])
    model = keras.Sequential([keras.Input((), dtype="string"), vectorize])
    texts = ["It isn't #go", "@you! @you!"]
    expected = training.predict(model, texts)
    model.save(path)

    script = f"""if True:
        from course import training
        training.quiet()
        import course.text, keras
        print(training.predict(keras.models.load_model({str(path)!r}), {texts!r}).tolist())
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert np.array_equal(eval(done.stdout), expected)
    assert expected[0].sum() == 4, "it, is, not, #go"
