package dev.parley.gpu.codec;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Takes off a decoded frame what a coder put around the sound, and FFmpeg leaves on it. */
interface Trim {

  /** For containers whose delay FFmpeg takes off itself, or that tell of none. */
  Trim NONE = (_, _) -> {};

  /** Shortens what is shown of {@code frame}. */
  void apply(NativeFrame shown, AVFrame frame);
}
