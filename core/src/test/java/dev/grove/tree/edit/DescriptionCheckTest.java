package dev.grove.tree.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grove.mo.StandardObjects;
import dev.grove.tree.Address;
import dev.grove.tree.Description;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Format;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Operation;
import dev.grove.tree.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a server need not ask a device, since the answer is known. */
class DescriptionCheckTest {

    private final DescriptionCheck check = new DescriptionCheck(StandardObjects.description()
            .and(Description.of(NodeUri.ROOT, DescriptionNode.of("Level", Format.INT, Access.GET, Access.REPLACE))));

    private int refused(Operation operation) {
        return check.refuse(operation).map(outcome -> outcome.status().code()).orElse(0);
    }

    private static Address at(String uri) {
        return Address.parse(uri);
    }

    @Test
    void a_command_that_the_node_does_not_support_is_ruled_out() {
        assertThat(refused(new Operation.Replace(at("./DevInfo/Man"), Value.text("x")))).isEqualTo(405);
        assertThat(refused(new Operation.Get(at("./DMAcc/x/AppAuth/1/AAuthSecret")))).isEqualTo(405);
        assertThat(refused(new Operation.Delete(at("./DevInfo")))).isEqualTo(405);
        assertThat(refused(new Operation.Exec(at("./DevInfo"), null, null))).isEqualTo(405);
        assertThat(refused(new Operation.Get(at("./DevInfo/Man")))).isZero();
    }

    @Test
    void a_node_that_the_description_has_not_is_ruled_out_where_it_has_the_parent() {
        assertThat(refused(new Operation.Get(at("./DevInfo/Colour")))).isEqualTo(404);
        assertThat(refused(new Operation.Add(at("./DevInfo/Colour"), Value.text("red")))).isEqualTo(405);
        assertThat(refused(new Operation.Get(at("./DevInfo/Ext/Colour")))).isZero();
        assertThat(refused(new Operation.Get(at("./Vendor/x")))).isZero();
    }

    @Test
    void a_value_that_does_not_fit_is_ruled_out() {
        assertThat(refused(new Operation.Replace(at("./Level"), Value.of(Format.INT, "x")))).isEqualTo(415);
        assertThat(refused(new Operation.Replace(at("./Level"), Value.text("1")))).isEqualTo(415);
        assertThat(refused(new Operation.Replace(at("./Level"), Value.of(Format.INT, "1")))).isZero();
    }

    @Test
    void a_group_is_ruled_out_with_a_member() {
        Operation bad = new Operation.Delete(at("./DevInfo"));
        Operation good = new Operation.Get(at("./DevInfo"));
        assertThat(refused(new Operation.Sequence(List.of(good, bad)))).isEqualTo(405);
        assertThat(refused(new Operation.Atomic(List.of(good)))).isZero();
    }

    @Test
    void properties_and_objects_by_identifier_are_not_judged() {
        assertThat(refused(new Operation.Replace(at("./DevInfo?prop=ACL"), Value.text("Get=*")))).isZero();
        assertThat(refused(new Operation.Get(new Address.Relative(NodeUri.ROOT, "urn:x", List.of(), NodeUri.ROOT,
                Address.ITSELF)))).isZero();
    }
}
