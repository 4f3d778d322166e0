package dev.parley.hub.speech;

/** A text that is still being written. Told on the caller's event loop. */
public interface LiveText {

  /** More of the text, as it is. */
  void add(String text);

  /** All of it so far is to be spoken; ends the segment. */
  void flush();

  /** What is not spoken and sent yet is not wanted; ends the segment. */
  void cancel();

  /** Nothing follows. */
  void end();

  /** Whether so much waits to be spoken that the caller should be made to wait. */
  boolean isFull();

  /** Calls back once, soon, when it is not full any more. */
  void onRoom(Runnable callback);
}
