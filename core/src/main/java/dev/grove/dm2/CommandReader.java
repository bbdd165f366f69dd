package dev.grove.dm2;

import dev.grove.dm2.Dm2Command.Misshapen;
import dev.grove.tree.ClientUri;
import dev.grove.tree.StatusCode;
import dev.grove.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command from its list of texts: the name, and parameters in order ([DM 2.0 §5.3, §7.2.1.2]). */
final class CommandReader {

    private CommandReader() {}

    /** What the list says; {@link Misshapen} if it is no command that can be done. */
    static Dm2Command read(@Nullable Json item) {
        if (!(item instanceof Json.Arr(List<Json> items)) || items.isEmpty()
                || !(items.getFirst() instanceof Json.Str(String name))) {
            return new Misshapen("", StatusCode.BAD_REQUEST,
                    "a command is a list of its name and its parameters (DM 2.0 7.2.1.2)");
        }
        List<String> parameters = new ArrayList<>();
        for (Json parameter : items.subList(1, items.size())) {
            if (!(parameter instanceof Json.Str(String text))) {
                return new Misshapen(name, StatusCode.BAD_REQUEST,
                        "a parameter is a text, not " + parameter.kind() + " (DM 2.0 7.2.1.2)");
            }
            parameters.add(text);
        }
        try {
            return command(name, new Parameters(name, parameters));
        } catch (IllegalArgumentException broken) {
            return new Misshapen(name, StatusCode.BAD_REQUEST, String.valueOf(broken.getMessage()));
        }
    }

    private static Dm2Command command(String name, Parameters all) {
        return switch (name) {
            case "HGET" -> new Dm2Command.Hget(all.between(1, 2).server(0), all.optionalNode(1));
            case "HPUT" -> new Dm2Command.Hput(all.between(2, Integer.MAX_VALUE).server(0), all.nodes(1));
            case "HPOST" -> new Dm2Command.Hpost(all.between(2, Integer.MAX_VALUE).server(0), all.nodes(1));
            case "DELETE" -> new Dm2Command.Delete(all.between(1, 1).node(0));
            case "EXEC" -> new Dm2Command.Exec(all.between(1, 2).node(0), all.optionalServer(1));
            case "GET" -> new Dm2Command.Get(all.between(1, 1).node(0));
            case "SHOW" -> new Dm2Command.Show(all.between(1, 1).server(0));
            case "CONT" -> new Dm2Command.Cont(all.between(1, 1).server(0));
            // It takes none; but a session that could not be ended would be worse than one parameter too many.
            case "END" -> new Dm2Command.End();
            case "DEFAULT" -> new Dm2Command.Default(all.between(2, 2).server(0), all.moid(1));
            case "SUB" -> new Dm2Command.Sub(all.between(2, 2).server(0), all.node(1));
            case "UNSUB" -> new Dm2Command.Unsub(all.between(1, 1).node(0));
            default -> new Misshapen(name, Dm2Status.NOT_IMPLEMENTED, "no such command (DM 2.0 5.3)");
        };
    }

    private record Parameters(String command, List<String> texts) {

        Parameters between(int least, int most) {
            if (texts.size() < least || texts.size() > most) {
                throw new IllegalArgumentException(command + " takes " + (least == most ? least
                        : least + (most == Integer.MAX_VALUE ? " or more" : " or " + most))
                        + " parameters, not " + texts.size() + " (DM 2.0 5.3)");
            }
            return this;
        }

        ServerUri server(int index) {
            return new ServerUri(texts.get(index));
        }

        @Nullable
        ServerUri optionalServer(int index) {
            return index < texts.size() ? server(index) : null;
        }

        ClientUri node(int index) {
            return ClientUri.parse(texts.get(index));
        }

        @Nullable
        ClientUri optionalNode(int index) {
            return index < texts.size() ? node(index) : null;
        }

        List<ClientUri> nodes(int from) {
            return texts.subList(from, texts.size()).stream().map(ClientUri::parse).toList();
        }

        String moid(int index) {
            String moid = texts.get(index);
            if (moid.isBlank() || moid.indexOf('/') >= 0) {
                throw new IllegalArgumentException(command + " names a MOID (DM 2.0 5.3.10)");
            }
            return moid;
        }
    }
}
