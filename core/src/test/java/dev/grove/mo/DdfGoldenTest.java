package dev.grove.mo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.tree.AllowedValues;
import dev.grove.tree.Description.Place;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.NameCase;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.wire.Malformed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Descriptions as OMA and Microsoft write them ([TND 1.2 §8.5]). */
class DdfGoldenTest {

    @Test
    void a_description_of_OMA_is_read() throws Malformed {
        Ddf ddf = DdfReader.read(Golden.bytes("ddf/9-lamp.xml"));

        assertThat(ddf.verDtd()).isEqualTo("1.2");
        assertThat(ddf.man()).isEqualTo("Example Works");
        assertThat(ddf.mod()).isEqualTo("M1");
        Place place = ddf.description().places().getFirst();
        assertThat(place.parent()).isEqualTo(NodeUri.ROOT);
        DescriptionNode level = DescriptionNode.of("Level", Format.INT, Access.GET, Access.REPLACE)
                .withTypes(List.of("text/plain")).withDefault("50").withNameCase(NameCase.SENSITIVE);
        DescriptionNode lamp = place.node();
        assertThat(lamp.scope()).isEqualTo(Scope.PERMANENT);
        assertThat(lamp.types()).containsExactly("org.example/1.0/Lamp");
        DescriptionNode unnamed = lamp.children().getFirst();
        assertThat(unnamed.isNamed()).isFalse();
        assertThat(unnamed.occurrence()).isEqualTo(new Occurrence(0, 8));
        assertThat(unnamed.access()).containsExactlyInAnyOrder(Access.ADD, Access.DELETE, Access.GET);
        DescriptionNode read = unnamed.children().getFirst();
        assertThat(read.description()).isEqualTo("How bright, from 0 to 100");
        assertThat(new DescriptionNode(read.name(), read.access(), read.formats(), read.types(), read.occurrence(),
                read.scope(), read.nameCase(), read.defaultValue(), read.maxBytes(), read.allowed(), read.title(), "",
                read.notes(), read.children())).isEqualTo(level);
    }

    @Test
    void what_was_read_is_written_in_DTD_order_and_read_again_in_both_spellings() throws Malformed {
        Ddf ddf = DdfReader.read(Golden.bytes("ddf/9-lamp.xml"));

        assertThat(DdfWriter.xml(ddf)).isEqualTo(Golden.bytes("ddf/9-lamp-written.xml"));
        assertThat(DdfReader.read(DdfWriter.xml(ddf))).isEqualTo(ddf);
        assertThat(DdfReader.read(DdfWriter.wbxml(ddf))).isEqualTo(ddf);
    }

    @Test
    void a_description_of_Microsoft_is_read() throws Malformed {
        Place place = DdfReader.read(Golden.bytes("ddf/9-windows-v2.xml")).description().places().getFirst();

        assertThat(place.parent()).isEqualTo(NodeUri.parse("./Device/Vendor/MSFT"));
        DescriptionNode kiosk = place.node();
        assertThat(kiosk.notes()).containsEntry("Applicability/CspVersion", "1.0")
                .containsEntry("Deprecated@OsBuildDeprecated", "10.0.22000");
        DescriptionNode any = kiosk.children().getFirst();
        assertThat(any.name()).isEmpty();
        assertThat(any.occurrence()).isEqualTo(Occurrence.ZERO_OR_MORE);
        assertThat(any.notes()).containsEntry("DynamicNodeNaming/UniqueName", "[a-z]+");

        DescriptionNode mode = any.child("mode").orElseThrow();
        assertThat(mode.name()).as("case does not count").isEqualTo("Mode");
        assertThat(mode.allowed().allows("2")).isTrue();
        assertThat(mode.allowed().allows("3")).isFalse();
        DescriptionNode minutes = any.child("Minutes").orElseThrow();
        assertThat(List.of("0", "30", "1440")).allMatch(minutes.allowed()::allows);
        assertThat(List.of("1", "29", "1441", "-1", "x", "")).noneMatch(minutes.allowed()::allows);
        DescriptionNode flags = any.child("Flags").orElseThrow();
        assertThat(List.of("0", "1", "8", "9")).allMatch(flags.allowed()::allows);
        assertThat(List.of("2", "10", "-1")).noneMatch(flags.allowed()::allows);
        DescriptionNode versions = any.child("Versions").orElseThrow();
        assertThat(versions.allowed().allows("1.2\uF0003")).isTrue();
        assertThat(versions.allowed().allows("1.2\uF000x")).isFalse();
        DescriptionNode policy = any.child("Policy").orElseThrow();
        assertThat(policy.allowed()).isEqualTo(new AllowedValues.Unchecked("ADMX", ""));
        assertThat(policy.notes()).containsEntry("RebootBehavior", "Automatic").containsKey("AtomicRequired");
    }
}
