package dev.grove.bench;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.grove.syncml.Encoding;
import dev.grove.syncml.Message;
import dev.grove.syncml.SyncmlCodec;
import dev.grove.wire.Bytes;
import dev.grove.wire.Limits;
import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.io.Stax2ByteArraySource;
import org.kxml2.wap.WbxmlParser;
import org.kxml2.wap.syncml.SyncML;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xmlpull.v1.XmlPullParser;

/**
 * Messages to bytes and back, beside what other programs need for the same bytes without making anything of them: the
 * event loop of kxml2 (WBXML) and of Aalto (XML).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    @Param({"packageOne", "hundredCommands"})
    public String message = "packageOne";

    private Message model = Samples.packageOne();
    private Bytes xml = Bytes.EMPTY;
    private Bytes wbxml = Bytes.EMPTY;
    private byte[] xmlArray = new byte[0];
    private byte[] wbxmlArray = new byte[0];
    private final InputFactoryImpl aalto = new InputFactoryImpl();

    @Setup
    public void write() {
        model = message.equals("packageOne") ? Samples.packageOne() : Samples.hundredCommands();
        xml = SyncmlCodec.encode(model, Encoding.XML);
        wbxml = SyncmlCodec.encode(model, Encoding.WBXML);
        xmlArray = xml.toArray();
        wbxmlArray = wbxml.toArray();
        System.out.println(message + ": " + xml.length() + " bytes XML, " + wbxml.length() + " bytes WBXML");
    }

    @Benchmark
    public Message readXml() throws Exception {
        return SyncmlCodec.decode(xml, Encoding.XML, Limits.DEFAULT);
    }

    @Benchmark
    public Message readWbxml() throws Exception {
        return SyncmlCodec.decode(wbxml, Encoding.WBXML, Limits.DEFAULT);
    }

    @Benchmark
    public Bytes writeXml() {
        return SyncmlCodec.encode(model, Encoding.XML);
    }

    @Benchmark
    public Bytes writeWbxml() {
        return SyncmlCodec.encode(model, Encoding.WBXML);
    }

    @Benchmark
    public int bareAalto() throws Exception {
        XMLStreamReader reader = aalto.createXMLStreamReader(
                new Stax2ByteArraySource(xmlArray, 0, xmlArray.length));
        int events = 0;
        while (reader.hasNext()) {
            events += reader.next();
        }
        reader.close();
        return events;
    }

    @Benchmark
    public int bareKxml2() throws Exception {
        WbxmlParser parser = SyncML.createParser();
        parser.setInput(new ByteArrayInputStream(wbxmlArray), null);
        int events = 0;
        for (int event; (event = parser.next()) != XmlPullParser.END_DOCUMENT;) {
            events += event;
        }
        return events;
    }
}
