package dev.parley.hub.media.model;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models that the hub can compute itself, as packs of files. Addresses name a commit or a tag
 * of the publisher, and the hash decides.
 *
 * @param packs in the order in which people are shown them; one file may be part of several
 */
public record ModelCatalogue(List<ModelPack> packs) {

  private static final String MIT = "MIT";
  private static final String APACHE = "Apache-2.0";
  private static final String MIT_OR_APACHE = "MIT or Apache-2.0";

  private static final String GITHUB = "https://github.com/";
  private static final String SILERO_V6 =
      GITHUB + "snakers4/silero-vad/raw/v6.2.1/src/silero_vad/data/";
  private static final String SILERO_V5 =
      GITHUB + "snakers4/silero-vad/raw/v5.1.2/src/silero_vad/data/";
  private static final String FIRERED =
      GITHUB
          + "FireRedTeam/FireRedVAD/raw/c30ec49e8cc69642b0ee65362eba11b9d11c6e54/"
          + "pretrained_models/onnx_models/";
  private static final String DEEP_FILTER =
      GITHUB
          + "Rikorose/DeepFilterNet/raw/d375b2d8309e0935d165700c91da9de862a99c31/"
          + "models/DeepFilterNet3_onnx.tar.gz";
  private static final String GTCRN_FOLDER =
      GITHUB
          + "Xiaobin-Rong/gtcrn/raw/3862c44808dca492ea5a8a145d2dc2a1028d08c8/"
          + "stream/onnx_models/";
  private static final String UL_UNAS_FOLDER =
      GITHUB
          + "Xiaobin-Rong/ul-unas/raw/00f7c700da43d38347f30a6ccebd86fcbc798e07/"
          + "ulunas_onnx/onnx_models/";
  private static final String DTLN =
      GITHUB + "breizhn/DTLN/raw/1de1f15a8b5b7e1c44905618ff2ef70ca8277fbc/pretrained_model/";

  /** Silero VAD v6.2 with one branch in its graph instead of 25. */
  public static final ModelFile SILERO_VAD =
      new ModelFile(
          "silero-vad",
          "silero-vad/v6.2/silero_vad_op18_ifless.onnx",
          URI.create(SILERO_V6 + "silero_vad_op18_ifless.onnx"),
          2_845_718,
          "7671cd04b004e9076da0d4a7b1a5aec36adf161c39230c1cb94a4fd5db6bbd28",
          MIT);

  /** Silero VAD v5.1.2. */
  public static final ModelFile SILERO_VAD_V5 =
      new ModelFile(
          "silero-vad-v5",
          "silero-vad/v5.1.2/silero_vad.onnx",
          URI.create(SILERO_V5 + "silero_vad.onnx"),
          2_327_524,
          "2623a2953f6ff3d2c1e61740c6cdb7168133479b267dfef114a4a3cc5bdd788f",
          MIT);

  /** FireRedVAD for streams. */
  public static final ModelFile FIRERED_VAD_STREAM =
      new ModelFile(
          "fireredvad-stream",
          "fireredvad/fireredvad_stream_vad_with_cache.onnx",
          URI.create(FIRERED + "fireredvad_stream_vad_with_cache.onnx"),
          2_306_042,
          "b3c97836130dc34fc32d56fab551e88cf9454511de2b3c250a5e6578dee74b93",
          APACHE);

  /** FireRedVAD for whole recordings. */
  public static final ModelFile FIRERED_VAD =
      new ModelFile(
          "fireredvad",
          "fireredvad/fireredvad_vad.onnx",
          URI.create(FIRERED + "fireredvad_vad.onnx"),
          2_388_488,
          "a226e68e695548754a9ab5480a55bbcb8522aa69111cb97e4f093ddce63ad5dc",
          APACHE);

  /** Mean and spread of the features of FireRedVAD, either one. */
  public static final ModelFile FIRERED_VAD_CMVN =
      new ModelFile(
          "fireredvad-cmvn",
          "fireredvad/cmvn.ark",
          URI.create(FIRERED + "cmvn.ark"),
          1_311,
          "c87f6f13edf0f0ec7535ddfc9cc3387d9268cb234b70182d566c5e2edf3ca473",
          APACHE);

  /** DeepFilterNet3: encoder. */
  public static final ModelFile DEEP_FILTER_ENC =
      new ModelFile(
          "deepfilternet3-enc",
          "deepfilternet3/batch/enc.onnx",
          URI.create(DEEP_FILTER),
          1_954_042,
          "7c5399d3da8a50ebef1c1a0ae421b33376aa5e45d0e92df16da7e83c9c131916",
          MIT_OR_APACHE);

  /** DeepFilterNet3: decoder of the gains. */
  public static final ModelFile DEEP_FILTER_ERB_DEC =
      new ModelFile(
          "deepfilternet3-erb-dec",
          "deepfilternet3/batch/erb_dec.onnx",
          URI.create(DEEP_FILTER),
          3_292_397,
          "ab669a1d10afe20911728b33053a452071042317a90581092b325da7b2f9d895",
          MIT_OR_APACHE);

  /** DeepFilterNet3: decoder of the filter. */
  public static final ModelFile DEEP_FILTER_DF_DEC =
      new ModelFile(
          "deepfilternet3-df-dec",
          "deepfilternet3/batch/df_dec.onnx",
          URI.create(DEEP_FILTER),
          3_340_803,
          "23114ce3b0f6464b763ee62f7bb8aab6b2a129a21eabd5bcfe59413db05f278a",
          MIT_OR_APACHE);

  /** GTCRN, hop by hop. */
  public static final ModelFile GTCRN =
      new ModelFile(
          "gtcrn",
          "gtcrn/gtcrn_simple.onnx",
          URI.create(GTCRN_FOLDER + "gtcrn_simple.onnx"),
          535_190,
          "b4718df6228e7bdf1a8a435cf98f838636eb2fd331acabf86ba87c5192ebcb87",
          MIT);

  /** UL-UNAS, hop by hop. */
  public static final ModelFile UL_UNAS =
      new ModelFile(
          "ul-unas",
          "ul-unas/ulunas_stream_simple.onnx",
          URI.create(UL_UNAS_FOLDER + "ulunas_stream_simple.onnx"),
          788_967,
          "f2e804d54d6a88f4f82f44d86c9f1cf646db2509bfca935cfbfc5fcd8cbfac3b",
          MIT);

  /** DTLN: the mask over the spectrum. */
  public static final ModelFile DTLN_MASK =
      new ModelFile(
          "dtln-1",
          "dtln/model_1.onnx",
          URI.create(DTLN + "model_1.onnx"),
          1_458_237,
          "22b91cae3855e5a0620e66a917ca6c82c58db0e842c770f58d86751c5e8d4ae3",
          MIT);

  /** DTLN: the signal behind the mask. */
  public static final ModelFile DTLN_SIGNAL =
      new ModelFile(
          "dtln-2",
          "dtln/model_2.onnx",
          URI.create(DTLN + "model_2.onnx"),
          2_510_010,
          "e20c92f9233fccf29cddf86970d0d0161a03aebccc26d6f4d5639c4d5ec2e639",
          MIT);

  private static final ModelArchive DEEP_FILTER_ARCHIVE =
      new ModelArchive(
          new ModelFile(
              "deepfilternet3-archive",
              "deepfilternet3/DeepFilterNet3_onnx.tar.gz",
              URI.create(DEEP_FILTER),
              7_983_136,
              "c94d91f70911001c946e0fabb4aa9adc37045f45a03b56008cb0c8244cb63616",
              MIT_OR_APACHE),
          Map.of(
              DEEP_FILTER_ENC.id(), "tmp/export/enc.onnx",
              DEEP_FILTER_ERB_DEC.id(), "tmp/export/erb_dec.onnx",
              DEEP_FILTER_DF_DEC.id(), "tmp/export/df_dec.onnx"));

  private static final String DEEP_FILTER_NOTE =
      "its publisher licenses all code under MIT or Apache-2.0 and says nothing of the weights"
          + " themselves; whether that covers your use is for you to judge";

  /** What this release knows how to compute. */
  public static final ModelCatalogue STANDARD =
      new ModelCatalogue(
          List.of(
              ModelPack.of("silero-vad", "finds speech", SILERO_VAD),
              ModelPack.of("silero-vad-v5", "the same, the version before", SILERO_VAD_V5),
              ModelPack.of(
                  "fireredvad-stream", "finds speech, fast", FIRERED_VAD_STREAM, FIRERED_VAD_CMVN),
              ModelPack.of(
                  "fireredvad", "finds speech in whole files", FIRERED_VAD, FIRERED_VAD_CMVN),
              ModelPack.of(
                  "vad-accurate",
                  "silero-vad and fireredvad together",
                  SILERO_VAD,
                  FIRERED_VAD,
                  FIRERED_VAD_CMVN),
              new ModelPack(
                  "deepfilternet3",
                  "takes noise away, 48 kHz",
                  List.of(DEEP_FILTER_ENC, DEEP_FILTER_ERB_DEC, DEEP_FILTER_DF_DEC),
                  Optional.of(DEEP_FILTER_ARCHIVE),
                  DEEP_FILTER_NOTE),
              ModelPack.of("gtcrn", "takes noise away, 16 kHz, tiny", GTCRN),
              ModelPack.of("ul-unas", "takes noise away, 16 kHz, small", UL_UNAS),
              ModelPack.of(
                  "dtln", "takes noise away, 16 kHz, short delay", DTLN_MASK, DTLN_SIGNAL)));

  public ModelCatalogue {
    packs = List.copyOf(packs);
  }

  /** The pack of a name, if there is one. */
  public Optional<ModelPack> pack(String name) {
    return packs.stream().filter(pack -> pack.name().equals(name)).findFirst();
  }

  /** The names of all packs. */
  public List<String> names() {
    return packs.stream().map(ModelPack::name).toList();
  }

  /** All files, each once. */
  public List<ModelFile> files() {
    Map<String, ModelFile> byId = new LinkedHashMap<>();
    for (ModelPack pack : packs) {
      pack.files().forEach(file -> byId.put(file.id(), file));
    }
    return List.copyOf(byId.values());
  }
}
