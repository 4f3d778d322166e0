package dev.parley.hub.speech;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.speech.Pronunciation;
import dev.parley.core.speech.SpeechText;
import dev.parley.hub.cache.CacheKey;
import dev.parley.hub.cache.CacheKeyText;
import dev.parley.hub.cache.Question;
import dev.parley.hub.config.CachingConfig;
import dev.parley.hub.dispatch.DocumentQuestion;
import dev.parley.hub.telemetry.CallRecord;
import dev.parley.hub.voice.VoiceReference;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** What makes two orders of speech the same: who speaks counts by the recordings, not the name. */
final class SpeechQuestion {

  private static final int EVENT_BYTES = 64;
  private static final int MARK_BYTES = 96;

  private SpeechQuestion() {}

  /** The voice of a recording that came with the call is used once. */
  static boolean isRepeatable(SpeechOrder order) {
    return !(order.voice() instanceof VoiceWish.Recorded);
  }

  static Question<SpokenEvent> of(
      SpeechOrder order,
      SpeechText text,
      KnownVoice voice,
      CachingConfig caching,
      CallRecord record,
      ScheduledExecutorService loop) {
    return new Question<>(
        key(order, text, voice, caching),
        order.caller().cache(),
        caching.age(),
        record,
        loop,
        UnaryOperator.identity(),
        SpeechQuestion::bytes);
  }

  private static CacheKey key(
      SpeechOrder order, SpeechText text, KnownVoice voice, CachingConfig caching) {
    CacheKeyText key = new CacheKeyText();
    DocumentQuestion.asker(key, order.caller(), caching);
    key.add(order.model()).add(text instanceof SpeechText.Ssml ? "ssml" : "plain").add(text.text());
    voice(key, voice);
    key.add(order.language());
    format(key, order.format());
    key.add(order.speed())
        .add(order.pitchSemitones().toString())
        .add(order.gainDb())
        .add(order.instructions())
        .add(order.seed().toString())
        .add(order.split().toString())
        .add(String.join(",", order.marks().stream().map(Enum::name).sorted().toList()));
    for (Pronunciation pronunciation : order.pronunciations()) {
      key.add(pronunciation.toString());
    }
    return key.add(order.extra(), Set.of()).key("speech");
  }

  private static void format(CacheKeyText key, AudioFormat format) {
    key.add(format.toString());
  }

  private static void voice(CacheKeyText key, KnownVoice voice) {
    switch (voice) {
      case KnownVoice.Usual _ -> key.add("usual");
      case KnownVoice.Foreign(var name) -> key.add("foreign").add(name);
      case KnownVoice.Library(var there, _) -> {
        key.add("library");
        for (VoiceReference reference : there.references()) {
          key.add(reference.sha256()).add(reference.transcript());
        }
      }
      case KnownVoice.OneOff(var recording) -> key.add("once").add(recording.toString());
      case KnownVoice.Described(var description) -> key.add("described").add(description);
      case KnownVoice.Blend(var shares) -> {
        key.add("blend");
        for (KnownVoice.Blend.Share share : shares) {
          voice(key, share.voice());
          key.add(share.weight());
        }
      }
    }
  }

  private static long bytes(SpokenEvent event) {
    return switch (event) {
      case SpokenEvent.Begun _, SpokenEvent.Ended _ -> EVENT_BYTES;
      case SpokenEvent.Sound sound -> sound.bytes().length + EVENT_BYTES;
      case SpokenEvent.Marks marks -> (long) marks.marks().size() * MARK_BYTES + EVENT_BYTES;
    };
  }
}
