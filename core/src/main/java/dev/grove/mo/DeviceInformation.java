package dev.grove.mo;

import dev.grove.tree.Format;
import dev.grove.tree.Node;
import dev.grove.tree.edit.TreeLimits;
import java.time.Instant;

/** What a device says of itself, as values and as nodes ([STDOBJ 1.2 §5]). */
public final class DeviceInformation {

    private DeviceInformation() {}

    /**
     * {@code ./DevInfo}.
     *
     * @param devId a URN, such as {@code IMEI:493005100592800}
     * @param man maker
     * @param mod model
     * @param dmV version of the DM client
     * @param lang language tag, such as {@code en-US}
     */
    public record DevInfo(String devId, String man, String mod, String dmV, String lang) {

        /** The permanent node to put at {@code ./DevInfo}. */
        public Node node(Instant now) {
            return NodeBuilder.permanent(StandardObjects.DEV_INFO_MOID, now).leaf("DevId", devId).leaf("Man", man)
                    .leaf("Mod", mod).leaf("DmV", dmV).leaf("Lang", lang).build();
        }
    }

    /**
     * {@code ./DevDetail}.
     *
     * @param limits the first three are announced
     * @param devTyp kind of device, such as {@code phone}
     * @param largeObjects whether large objects are supported
     */
    public record DevDetail(TreeLimits limits, String devTyp, String oem, String fwV, String swV, String hwV,
            boolean largeObjects) {

        /** The permanent node to put at {@code ./DevDetail}. */
        public Node node(Instant now) {
            return NodeBuilder.permanent(StandardObjects.DEV_DETAIL_MOID, now).interior("URI",
                    uri -> uri.leaf("MaxDepth", Integer.toString(limits.maxDepth()))
                            .leaf("MaxTotLen", Integer.toString(limits.maxTotLen()))
                            .leaf("MaxSegLen", Integer.toString(limits.maxSegLen())))
                    .leaf("DevTyp", devTyp).leaf("OEM", oem).leaf("FwV", fwV).leaf("SwV", swV).leaf("HwV", hwV)
                    .leaf("LrgObj", Format.BOOL, Boolean.toString(largeObjects)).build();
        }
    }
}
