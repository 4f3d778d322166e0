package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import java.util.OptionalDouble;

/** What callers want done with sound. */
public final class Orders {

  private Orders() {}

  /**
   * Another format.
   *
   * @param format what is open in it stays as the sound has it
   * @param gainDb 0 leaves the level alone
   */
  public record Convert(Sound sound, AudioFormat format, double gainDb, Span span) {}

  /**
   * Less noise.
   *
   * @param format what is open in it becomes what the denoiser gives
   * @param model name of a denoiser; empty: the best one whose model is there
   * @param attenuationLimitDb most that noise is lowered by; empty: no limit
   */
  public record Denoise(
      Sound sound, AudioFormat format, String model, OptionalDouble attenuationLimitDb) {}

  /**
   * Where speech is.
   *
   * @param model name of a detector; empty: the best one whose model is there
   */
  public record Detect(Sound sound, TurnDetection turns, String model) {}
}
