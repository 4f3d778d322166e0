package dev.parley.adapters.http;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.TlsProvider;
import dev.parley.core.spi.TlsFiles;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of one side of TLS as they were when they last fitted together. Every new handshake
 * takes what is there then; connections that are open stay as they are. Until the files fit for the
 * first time every handshake fails: nobody is trusted instead. Thread-safe.
 */
public final class LiveTls implements TlsProvider {

  private final TlsFiles files;
  private volatile @Nullable TlsMaterial material;
  private volatile Runnable closing = () -> {};

  /** Reads nothing yet. */
  public LiveTls(TlsFiles files) {
    this.files = files;
  }

  /**
   * Reads the files again and takes all or nothing of them; blocks.
   *
   * @return whether they held something else than before
   */
  public boolean reload() throws TlsFilesException {
    TlsMaterial read = TlsMaterial.read(files);
    boolean changed = !read.equals(material);
    material = read;
    return changed;
  }

  /** What is to be done when nobody needs it any more; once, before it is handed on. */
  public void onClose(Runnable task) {
    closing = task;
  }

  /** When what is shown expires; empty where nothing is. */
  public Optional<Instant> expires() {
    TlsMaterial now = material;
    return now == null ? Optional.empty() : now.expires();
  }

  private TlsMaterial now() {
    TlsMaterial now = material;
    if (now == null) {
      throw new IllegalStateException("the files for TLS could not be read");
    }
    return now;
  }

  @Override
  public @Nullable TlsKeyPair keyPair(String hostname) {
    return now().pair().orElse(null);
  }

  @Override
  public @Nullable List<X509Certificate> trustedCertificates(String hostname) {
    List<X509Certificate> trusted = now().trusted();
    return trusted.isEmpty() ? null : trusted;
  }

  @Override
  public void close() {
    closing.run();
  }
}
