package dev.parley.adapters.recognition;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionAbilities.Detection;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionTask;

/** Refuses by name what a model cannot do, before anything is sent. */
public final class WithinRecognition {

  private WithinRecognition() {}

  /**
   * Does nothing for a call that the model can serve.
   *
   * @throws HubException with CapabilityMissing for the first thing that it cannot do, with
   *     TooLarge for a clip that is larger or longer than it takes
   */
  public static void check(RecognitionCall call, RecognitionAbilities can, Target target) {
    require(
        can.translates() || call.task() != RecognitionTask.TRANSLATE,
        target,
        "translation into English",
        "ask for a transcription");
    require(
        can.detects() != Detection.NONE || call.task() != RecognitionTask.DETECT_LANGUAGE,
        target,
        "detection of the language",
        "use another model");
    require(can.segments() || !call.segments(), target, "segments", "do not ask for segments");
    require(can.words() || !call.words(), target, "times of words", "do not ask for words");
    require(can.logprobs() || !call.logprobs(), target, "logprobs", "do not ask for logprobs");
    require(can.prompt() || call.prompt().isEmpty(), target, "prompts", "leave the prompt out");
    require(can.phrases() || call.phrases().isEmpty(), target, "phrases", "leave phrases out");
    require(
        can.temperature() || call.temperature().isEmpty(),
        target,
        "temperature",
        "leave temperature out");
    require(
        can.speakers() || call.speakers().isEmpty(),
        target,
        "telling speakers apart",
        "do not ask for speakers");
    int known = call.speakers().map(wish -> wish.known().size()).orElse(0);
    require(
        known <= can.knownSpeakersMax(),
        target,
        known + " known speakers (it takes " + can.knownSpeakersMax() + ")",
        "name fewer speakers");
    limit(call.clip().bytes().length, can.bytesMax(), "bytes");
    limit((long) Math.floor(call.clip().seconds()), (long) Math.ceil(can.secondsMax()), "seconds");
  }

  private static void limit(long size, long most, String unit) {
    if (size > most) {
      throw new HubException(
          new HubError.TooLarge("the recording", "the backend's limit", most, unit));
    }
  }

  private static void require(boolean can, Target target, String missing, String remedy) {
    if (!can) {
      throw new HubException(new HubError.CapabilityMissing(target.model(), missing, remedy));
    }
  }
}
