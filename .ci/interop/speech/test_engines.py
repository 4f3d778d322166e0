"""The engines of the hub's own machine speak real words."""

import numpy
import pytest
import sound
from parley.v1 import common_pb2, speech_pb2

ENGLISH = "The weather has been fine all day long. We went to the river, and we sat there for an hour or two."
GERMAN = "Das Wetter war den ganzen Tag über schön. Wir gingen an den Fluss, und wir saßen dort eine Stunde lang."


def speak(client, **request):
    return sound.decode(client.audio.speech.create(response_format="wav", **request).content)


def words_a_second(samples, text):
    """Over what is not silence, so that rests do not count."""
    size = sound.RATE // 50
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    power = numpy.mean(numpy.square(frames), 1)
    return len(text.split()) / (numpy.count_nonzero(power > power.max() / 10_000) / 50)


@pytest.mark.parametrize("model,voice,language,text", [
    ("freetts", "kevin16", "en", ENGLISH),
    ("espeak-ng", "en-us", "en", ENGLISH),
    ("espeak-ng", "de", "de", GERMAN),
])
def test_speaks_as_people_do(client, model, voice, language, text):
    samples = speak(client, model=model, voice=voice, input=text, extra_body={"language": language})
    assert numpy.abs(samples).max() <= 1 and -40 < sound.power_db(samples) < -8
    # People speak two to four words a second; engines are not slower, and rests between sentences do not count.
    assert 1.5 < words_a_second(samples, text) < 5
    # Voices: most of the power lies where vowels have theirs, and what there is changes all the time.
    spectrum = numpy.square(numpy.abs(numpy.fft.rfft(samples)))
    frequency = numpy.fft.rfftfreq(len(samples), 1 / sound.RATE)
    assert spectrum[(frequency > 80) & (frequency < 4_000)].sum() > 0.8 * spectrum.sum()
    assert abs(numpy.mean(samples)) < 0.01


@pytest.mark.parametrize("model,voice", [("freetts", "kevin16"), ("espeak-ng", "en-us")])
@pytest.mark.parametrize("speed", [0.5, 1.5])
def test_speaks_slower_and_faster(client, model, voice, speed):
    usual = len(speak(client, model=model, voice=voice, input=ENGLISH, extra_body={"split_sentences": False}))
    other = len(speak(client, model=model, voice=voice, input=ENGLISH, speed=speed,
                      extra_body={"split_sentences": False}))
    assert other / usual == pytest.approx(1 / speed, rel=0.25)


def test_languages_are_those_of_the_engines(raw):
    found = {entry["code"]: entry["name"] for entry in raw.get("/tts/languages").json()}
    assert found["de"] == "German" and len(found) > 50 and any(code.startswith("en") for code in found)


def test_espeak_reads_ssml(speech):
    def lasts(ssml):
        form = common_pb2.AudioFormat(encoding=common_pb2.AUDIO_ENCODING_PCM_S16LE)
        config = speech_pb2.SynthesisConfig(model="espeak-ng", format=form)
        messages = list(speech.Synthesize(speech_pb2.SynthesizeRequest(config=config, ssml=ssml), timeout=30))
        chunks = [message.audio for message in messages if message.WhichOneof("event") == "audio"]
        return sum(len(chunk.data) for chunk in chunks) / 2 / chunks[0].format.sample_rate_hz

    plain = lasts("<speak>Hello there. And good bye.</speak>")
    rest = lasts('<speak>Hello there. <break time="2s"/> And good bye.</speak>')
    slow = lasts('<speak><prosody rate="50%">Hello there. And good bye.</prosody></speak>')
    assert 1 < plain < 5 and rest - plain == pytest.approx(2, abs=0.6) and slow > 1.3 * plain
