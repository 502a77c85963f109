package dev.pgtrickle.crds.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;

/** The health script that we give to users of Argo CD, run on every state. */
class ArgoHealthTest {
  private static final Path SCRIPT = Path.of("argo", "health.lua");

  static List<StatusSample> samples() {
    return StatusSample.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void argoConcludesWhatTheSampleSays(StatusSample sample) throws IOException {
    LuaValue health = run(sample.object());
    assertThat(health.get("status").tojstring()).isEqualTo(sample.expected("argo"));
    assertThat(health.get("message").tojstring()).isNotBlank();
  }

  /** With the libraries that Argo CD gives to a script, and no others. */
  private static LuaValue run(JsonNode object) throws IOException {
    Globals globals = new Globals();
    globals.load(new BaseLib());
    // The next one registers itself with this one; the script does not use it.
    globals.load(new PackageLib());
    globals.load(new TableLib());
    globals.load(new StringLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.set("obj", lua(object));
    return globals.load(Files.readString(SCRIPT), "health.lua").call();
  }

  private static LuaValue lua(JsonNode value) {
    if (value.isObject() || value.isArray()) {
      LuaTable table = new LuaTable();
      int position = 1;
      for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
        table.set(position++, lua(item));
      }
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        table.set(field.getKey(), lua(field.getValue()));
      }
      return table;
    }
    if (value.isNumber()) {
      return LuaValue.valueOf(value.asInt());
    }
    return value.isBoolean()
        ? LuaValue.valueOf(value.asBoolean())
        : LuaValue.valueOf(value.asText());
  }
}
