package dev.grove.mo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.NameCase;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The elements of descriptions that DM 2.0 uses, and those that it ignores ([DM 2.0 §6.4]). */
class DdfElementsTest {

    private static final String OBJECT = """
            <MgmtTree><VerDTD>1.3</VerDTD><Man>Birch</Man><Mod>B1</Mod>
              <Node><NodeName>Lamps</NodeName><Path>./Vendor</Path>
                <RTProperties><ACL/><Format><node/></Format><Name/><Size/><Title/><TStamp/><Type/><VerNo/>
                </RTProperties>
                <DFProperties><AccessType><Get/></AccessType><Description>All lamps</Description>
                  <DFFormat><node/></DFFormat><Occurrence><One/></Occurrence><DFTitle>Lamps</DFTitle>
                  <DFType><DDFName>urn:oma:mo:lamps:1.0</DDFName></DFType><Scope><Permanent/></Scope>
                  <CaseSense><CIS/></CaseSense></DFProperties>
                <Node><NodeName/>
                  <DFProperties><AccessType><Add/><Delete/><Exec/><Get/><Replace/></AccessType>
                    <DefaultValue>50</DefaultValue><DFFormat><int/></DFFormat>
                    <Occurrence><ZeroOrN>4</ZeroOrN></Occurrence>
                    <DFType><MIME>text/plain</MIME></DFType><Scope><Dynamic/></Scope></DFProperties>
                  <Value>60</Value>
                </Node>
                FORMATS
              </Node>
            </MgmtTree>
            """;

    private static Ddf read() throws Malformed {
        String formats = formats().map(format -> "<Node><NodeName>" + format + "</NodeName><DFProperties><AccessType>"
                + "<Get/></AccessType><DFFormat><" + format + "/></DFFormat></DFProperties></Node>")
                .collect(Collectors.joining());
        return DdfReader.read(Bytes.utf8(OBJECT.replace("FORMATS", formats)), Limits.DEFAULT);
    }

    private static Stream<String> formats() {
        return Stream.of(Format.values()).map(format -> format.name().toLowerCase(Locale.ROOT));
    }

    private static DescriptionNode at(String uri) throws Malformed {
        return read().description().at(NodeUri.parse(uri)).orElseThrow();
    }

    @Test
    @Tag("DM-OBJ-013-C-M")
    @Tag("DM-OBJ-014-C-M")
    @Tag("DM-OBJ-015-C-O")
    @Tag("DM-OBJ-016-C-O")
    @Tag("DM-OBJ-012-S-M")
    @Tag("DM-OBJ-013-S-M")
    @Tag("DM-OBJ-014-S-O")
    @Tag("DM-OBJ-015-S-O")
    void the_document_tells_version_maker_and_model() throws Malformed {
        assertThat(read().verDtd()).isEqualTo("1.3");
        assertThat(read().man()).isEqualTo("Birch");
        assertThat(read().mod()).isEqualTo("B1");
    }

    @Test
    @Tag("DM-OBJ-017-C-M")
    @Tag("DM-OBJ-018-C-M")
    @Tag("DM-OBJ-019-C-O")
    @Tag("DM-OBJ-016-S-M")
    @Tag("DM-OBJ-017-S-M")
    @Tag("DM-OBJ-018-S-O")
    void a_node_stands_at_its_path_by_its_name() throws Malformed {
        assertThat(read().description().places().getFirst().parent()).isEqualTo(NodeUri.parse("./Vendor"));
        assertThat(at("./Vendor/Lamps").isNamed()).isTrue();
        assertThat(at("./Vendor/Lamps/desk").isNamed()).isFalse();
    }

    @Test
    @Tag("DM-OBJ-021-C-M")
    @Tag("DM-OBJ-020-S-M")
    void every_format_is_known() throws Malformed {
        for (String format : formats().toList()) {
            assertThat(at("./Vendor/Lamps/" + format).formats()).as(format)
                    .containsExactly(Format.of(format).orElseThrow());
        }
    }

    @Test
    @Tag("DM-OBJ-020-C-O")
    @Tag("DM-OBJ-022-C-O")
    @Tag("DM-OBJ-024-C-M")
    @Tag("DM-OBJ-025-C-M")
    @Tag("DM-OBJ-026-C-O")
    @Tag("DM-OBJ-028-C-O")
    @Tag("DM-OBJ-029-C-O")
    @Tag("DM-OBJ-019-S-O")
    @Tag("DM-OBJ-021-S-O")
    @Tag("DM-OBJ-023-S-M")
    @Tag("DM-OBJ-024-S-M")
    @Tag("DM-OBJ-025-S-O")
    @Tag("DM-OBJ-027-S-O")
    @Tag("DM-OBJ-028-S-O")
    void a_leaf_has_access_types_format_media_type_occurrence_and_values() throws Malformed {
        DescriptionNode lamp = at("./Vendor/Lamps/desk");

        assertThat(lamp.access()).isEqualTo(
                Set.of(Access.ADD, Access.DELETE, Access.EXEC, Access.GET, Access.REPLACE));
        assertThat(lamp.formats()).containsExactly(Format.INT);
        assertThat(lamp.types()).isEqualTo(List.of("text/plain"));
        assertThat(lamp.occurrence()).isEqualTo(new Occurrence(0, 4));
        assertThat(lamp.initialValue().text()).isIn("50", "60");
    }

    @Test
    @Tag("DM-OBJ-010-C-M")
    @Tag("DM-OBJ-023-C-M")
    @Tag("DM-OBJ-027-C-O")
    @Tag("DM-OBJ-030-C-O")
    @Tag("DM-OBJ-031-C-O")
    @Tag("DM-OBJ-032-C-O")
    @Tag("DM-OBJ-033-C-O")
    @Tag("DM-OBJ-010-S-M")
    @Tag("DM-OBJ-022-S-M")
    @Tag("DM-OBJ-026-S-O")
    @Tag("DM-OBJ-029-S-O")
    @Tag("DM-OBJ-030-S-O")
    @Tag("DM-OBJ-031-S-O")
    @Tag("DM-OBJ-032-S-O")
    void an_object_has_identifier_scope_texts_and_case() throws Malformed {
        DescriptionNode lamps = at("./Vendor/Lamps");

        assertThat(lamps.types()).isEqualTo(List.of("urn:oma:mo:lamps:1.0"));
        assertThat(lamps.scope()).isEqualTo(Scope.PERMANENT);
        assertThat(at("./Vendor/Lamps/desk").scope()).isEqualTo(Scope.DYNAMIC);
        assertThat(lamps.title()).isEqualTo("Lamps");
        assertThat(lamps.description()).isEqualTo("All lamps");
        assertThat(lamps.nameCase()).isEqualTo(NameCase.INSENSITIVE);
        assertThat(at("./Vendor/Lamps/INT").formats()).containsExactly(Format.INT);
    }
}
