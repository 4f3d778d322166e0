package dev.parley.adapters.freetts;

import com.sun.speech.freetts.FreeTTSSpeakable;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/** What the engine tells its progress; the text itself came another way. */
final class SpokenOnce implements FreeTTSSpeakable {

  private boolean over;
  private boolean failed;

  boolean isFailed() {
    return failed;
  }

  @Override
  public void started() {}

  @Override
  public void completed() {
    over = true;
  }

  @Override
  public void cancelled() {
    over = true;
    failed = true;
  }

  @Override
  public boolean isCompleted() {
    return over;
  }

  @Override
  public boolean waitCompleted() {
    return over && !failed;
  }

  @Override
  public boolean isPlainText() {
    return true;
  }

  @Override
  public boolean isStream() {
    return false;
  }

  @Override
  public boolean isDocument() {
    return false;
  }

  @Override
  public String getText() {
    return "";
  }

  @Override
  public @Nullable Document getDocument() {
    return null;
  }

  @Override
  public @Nullable InputStream getInputStream() {
    return null;
  }
}
