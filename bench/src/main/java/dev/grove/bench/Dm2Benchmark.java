package dev.grove.bench;

import dev.grove.dm2.Dm2Alert;
import dev.grove.dm2.Dm2Codec;
import dev.grove.dm2.Dm2Command;
import dev.grove.dm2.Dm2Package;
import dev.grove.dm2.Dm2Package.CommandStatus;
import dev.grove.dm2.Dm2Package.Initiation;
import dev.grove.dm2.Dm2Package.Request;
import dev.grove.dm2.Dm2Package.Response;
import dev.grove.dm2.Dm2Package.SupportedObject;
import dev.grove.dm2.ObjectCodec;
import dev.grove.dm2.ObjectContent;
import dev.grove.dm2.ObjectContent.Known;
import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.ObjectSerialization;
import dev.grove.dm2.ServerUri;
import dev.grove.mo.NodeBuilder;
import dev.grove.tree.ClientUri;
import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Bytes;
import dev.grove.wire.Json;
import dev.grove.wire.Limits;
import dev.grove.wire.Packet;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The three packages of DM 2.0, five commands a session, and an object of a thousand nodes, to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class Dm2Benchmark {

    private static final String MOID = "urn:oma:mo:oma-scomo:1.0";
    private static final ClientUri NODE = ClientUri.parse(MOID + "//Inventory/Deployed/pkg1/ID");

    private Dm2Package initiation = new Initiation(
            List.of(new SupportedObject("https://ddf.example/scomo.xml", MOID, List.of("SCOMO1"))),
            List.of(Dm2Alert.of(Dm2Alert.CLIENT_INITIATED)));
    private Dm2Package request = new Request(List.of(new Dm2Command.Get(NODE), new Dm2Command.Get(NODE),
            new Dm2Command.Hget(new ServerUri("https://dr.example/x"), NODE), new Dm2Command.Delete(NODE),
            new Dm2Command.Exec(NODE, null)));
    private Dm2Package response = new Response(Collections.nCopies(5, CommandStatus.of(StatusCode.OK)), List.of(),
            Map.of(0, new Packet("text/plain", Bytes.utf8("pkg1_id")), 1,
                    new Packet("text/plain", Bytes.utf8("pkg1_id"))));
    private Node object = object();
    private Packet packageOne = Dm2Codec.encode(initiation);
    private Packet packageTwo = Dm2Codec.encode(request);
    private Packet packageThree = Dm2Codec.encode(response);
    private Packet serialized = write(object);

    /** 100 interior nodes with 9 leaves each, and the root. */
    private static Node object() {
        NodeBuilder root = NodeBuilder.dynamic(MOID, Instant.EPOCH);
        for (int i = 0; i < 100; i++) {
            root.interior("package" + i, one -> {
                for (int j = 0; j < 9; j++) {
                    one.leaf("leaf" + j, j % 3 == 0 ? Format.INT : Format.CHR, j % 3 == 0 ? "12345" : "a short text");
                }
            });
        }
        return root.build();
    }

    private static Packet write(Node object) {
        Json.Obj data = ObjectSerialization.write("SCOMO1", object, Optional.empty(), null);
        return ObjectCodec.encode(
                new ObjectDocument(List.of(new ObjectDocument.Part(null, MOID + "/SCOMO1/", null, data))));
    }

    @Setup
    public void tellSizes() {
        System.out.println("packages: " + packageOne.body().length() + ", " + packageTwo.body().length() + ", "
                + packageThree.body().length() + " bytes; " + object.nodeCount() + " nodes: "
                + serialized.body().length() + " bytes");
    }

    @Benchmark
    public Packet writePackageOne() {
        return Dm2Codec.encode(initiation);
    }

    @Benchmark
    public Packet writePackageTwo() {
        return Dm2Codec.encode(request);
    }

    @Benchmark
    public Packet writePackageThree() {
        return Dm2Codec.encode(response);
    }

    @Benchmark
    public Dm2Package readPackageOne() throws Exception {
        return Dm2Codec.decode(packageOne, Limits.DEFAULT);
    }

    @Benchmark
    public Dm2Package readPackageTwo() throws Exception {
        return Dm2Codec.decode(packageTwo, Limits.DEFAULT);
    }

    @Benchmark
    public Dm2Package readPackageThree() throws Exception {
        return Dm2Codec.decode(packageThree, Limits.DEFAULT);
    }

    @Benchmark
    public Packet writeThousandNodes() {
        return write(object);
    }

    @Benchmark
    public ObjectContent.Read readThousandNodes() throws Exception {
        return ObjectContent.read(ObjectCodec.decode(serialized, Limits.DEFAULT).parts().getFirst().data(),
                Known.NOTHING);
    }
}
