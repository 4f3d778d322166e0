package dev.parley.adapters.http;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why TLS with a backend did not come about, in words that hold no address. */
final class TlsFailure {

  private static final int CAUSES_MAX = 10;

  /**
   * What the other side says when it is the hub that it does not trust; in both libraries' words.
   */
  private static final List<String> REFUSALS =
      List.of(
          "certificate_required",
          "certificate required",
          "bad_certificate",
          "bad certificate",
          "unknown_ca",
          "unknown ca",
          "certificate_unknown",
          "certificate unknown",
          "access_denied");

  private TlsFailure() {}

  /** Whether something of TLS is among the causes. */
  static boolean isIn(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof SSLException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  static String words(Throwable failure) {
    String words = "the TLS handshake failed";
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      switch (cause) {
        case NotSslRecordException _ -> {
          return "it speaks no TLS (check base_url of this backend)";
        }
        case CertificateExpiredException _ -> {
          return "its certificate has expired";
        }
        case CertificateNotYetValidException _ -> {
          return "its certificate is not valid yet";
        }
        // What lies deeper may say more: a chain fails because a certificate in it expired.
        case CertPathBuilderException _, CertPathValidatorException _ ->
            words = "its certificate is not trusted (tls.ca names whom to trust)";
        case CertificateException named when isOtherName(named) -> {
          return "its certificate is for another name";
        }
        case SSLException said when isRefusal(said) -> {
          return "it does not accept the certificate that the hub shows, or wants one";
        }
        default -> {}
      }
      cause = cause.getCause();
    }
    return words;
  }

  private static boolean isOtherName(CertificateException failure) {
    String text = text(failure);
    return text.contains("no name matching")
        || text.contains("no subject alternative")
        || text.contains("hostname");
  }

  private static boolean isRefusal(SSLException failure) {
    return REFUSALS.stream().anyMatch(text(failure)::contains);
  }

  private static String text(Exception failure) {
    String text = failure.getMessage();
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
