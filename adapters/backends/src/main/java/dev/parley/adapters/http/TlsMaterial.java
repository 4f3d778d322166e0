package dev.parley.adapters.http;

import com.linecorp.armeria.common.TlsKeyPair;
import dev.parley.adapters.http.TlsFilesException.Role;
import dev.parley.core.spi.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the files of one side of TLS held at one moment, read together and found to fit.
 *
 * @param pair how to show oneself; empty: not at all
 * @param trusted whose certificates count; empty: those that the machine trusts
 */
public record TlsMaterial(Optional<TlsKeyPair> pair, List<X509Certificate> trusted) {

  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final String CERTIFICATES = "a PEM file with certificates (BEGIN CERTIFICATE)";
  private static final String KEY =
      "a PEM file with one private key without a password (BEGIN PRIVATE KEY)";
  private static final byte[] PROBE = "does this key belong".getBytes(StandardCharsets.US_ASCII);

  public TlsMaterial {
    trusted = List.copyOf(trusted);
  }

  /** Reads all files; blocks. */
  public static TlsMaterial read(TlsFiles files) throws TlsFilesException {
    Optional<TlsKeyPair> pair = Optional.empty();
    if (files.certificate().isPresent() && files.key().isPresent()) {
      pair = Optional.of(pair(files.certificate().get(), files.key().get()));
    }
    List<X509Certificate> trusted =
        files.ca().isPresent() ? certificates(Role.CA, files.ca().get()) : List.of();
    return new TlsMaterial(pair, trusted);
  }

  /** When the first of the certificates that are shown expires; empty where none is. */
  public Optional<Instant> expires() {
    return pair.flatMap(shown ->
        shown.certificateChain().stream()
            .map(certificate -> certificate.getNotAfter().toInstant())
            .min(Instant::compareTo));
  }

  private static TlsKeyPair pair(Path certificate, Path key) throws TlsFilesException {
    List<X509Certificate> chain = certificates(Role.CERTIFICATE, certificate);
    PrivateKey secret = key(key, chain);
    if (!fits(secret, chain.getFirst().getPublicKey())) {
      throw new TlsFilesException(
          Role.KEY, key, "not the key of that certificate", "the two of one pair");
    }
    return TlsKeyPair.of(secret, chain);
  }

  private static List<X509Certificate> certificates(Role role, Path file) throws TlsFilesException {
    byte[] bytes = bytes(role, file, CERTIFICATES);
    List<X509Certificate> found = new ArrayList<>();
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      for (Certificate one : all) {
        found.add((X509Certificate) one);
      }
    } catch (CertificateException | ClassCastException e) {
      throw new TlsFilesException(role, file, "no certificates", CERTIFICATES);
    }
    if (found.isEmpty()) {
      throw new TlsFilesException(role, file, "no certificate", CERTIFICATES);
    }
    return found;
  }

  /** Armeria reads every kind of PEM that is about: PKCS 8, PKCS 1 and those of EC. */
  private static PrivateKey key(Path file, List<X509Certificate> chain) throws TlsFilesException {
    byte[] bytes = bytes(Role.KEY, file, KEY);
    try {
      byte[] shown = pem(chain).getBytes(StandardCharsets.US_ASCII);
      return TlsKeyPair.of(new ByteArrayInputStream(bytes), new ByteArrayInputStream(shown))
          .privateKey();
    } catch (RuntimeException | CertificateException e) {
      throw new TlsFilesException(Role.KEY, file, "no private key that can be read", KEY);
    }
  }

  private static String pem(List<X509Certificate> chain) throws CertificateException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(chain.getFirst().getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }

  /** Whether what one signs the other confirms. */
  private static boolean fits(PrivateKey key, PublicKey shown) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          case "DSA" -> "SHA256withDSA";
          default -> key.getAlgorithm();
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      Signature confirming = Signature.getInstance(algorithm);
      confirming.initVerify(shown);
      confirming.update(PROBE);
      return confirming.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] bytes(Role role, Path file, String allowed) throws TlsFilesException {
    try {
      if (Files.isDirectory(file)) {
        throw new TlsFilesException(role, file, "a folder", allowed);
      }
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new TlsFilesException(role, file, "more than 1 MiB", allowed);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new TlsFilesException(role, file, "no such file", allowed);
    } catch (AccessDeniedException e) {
      throw new TlsFilesException(role, file, "not readable by the hub", allowed);
    } catch (IOException e) {
      throw new TlsFilesException(role, file, "it cannot be read", allowed);
    }
  }
}
