package dev.grove.server.config;

import dev.grove.server.config.Options.Group;
import dev.grove.server.doorbell.pap.PapSettings.Delivery;
import dev.grove.server.doorbell.sms.SmppSettings.Bind;
import java.time.Duration;

/** The options of the bearers that stand on gateways of mobile networks, and of OBEX. */
final class MessageOptions {

    private static final Group GATEWAYS = new Group("Waking through gateways");
    private static final Group SMS = new Group("Waking by SMS (SMPP)");
    private static final Group KANNEL = new Group("Waking by SMS (Kannel)");
    private static final Group PAP = new Group("Waking by a push proxy gateway (PAP)");
    private static final Group OBEX = new Group("Waking by OBEX");

    static final Option<Duration> ANSWER_TIME = GATEWAYS.option("wake-answer-time",
            Kind.duration(Duration.ofMillis(200), Duration.ofSeconds(60)), "5s",
            "How long a message centre, a gateway or a device by OBEX may take to answer.");
    static final Option<String> TRUST_STORE = GATEWAYS.option("wake-trust-store", Kind.text("FILE"), "",
            "PKCS #12 file with the authorities of message centres and gateways; those of the JDK if empty.");
    static final Option<String> TRUST_STORE_PASSWORD = GATEWAYS.option("wake-trust-store-password",
            Kind.text("SECRET"), "", "Its password.");

    static final Option<String> SMSC = SMS.option("wake-sms", Kind.text("HOST:PORT"), "",
            "Message centre that sends text messages by SMPP 3.4; none are sent if empty.");
    static final Option<Boolean> SMS_TLS = SMS.option("wake-sms-tls", Kind.flag(), "false",
            "Whether the connection to the message centre is secured by TLS.");
    static final Option<String> SMS_USER = SMS.option("wake-sms-user", Kind.text("NAME"), "",
            "The system id of this server at the message centre.");
    static final Option<String> SMS_PASSWORD = SMS.option("wake-sms-password", Kind.text("SECRET"), "",
            "The password to it, 8 characters at most.");
    static final Option<String> SMS_SYSTEM_TYPE = SMS.option("wake-sms-system-type", Kind.text("TEXT"), "",
            "The system type, if the operator names one.");
    static final Option<Bind> SMS_BIND = SMS.option("wake-sms-bind", Kind.oneOf(Bind.class), "transceiver",
            "One connection for both directions, or one for each.");
    static final Option<String> SMS_SOURCE = SMS.option("wake-sms-source", Kind.text("NUMBER"), "",
            "The number or name in whose name messages are sent; the centre's own if empty.");
    static final Option<Integer> SMS_SOURCE_TYPE = SMS.option("wake-sms-source-type", Kind.number(0, 6), "0",
            "Its type of number (TON): 0 unknown, 1 international, 2 national, 3 of the network, 5 letters, 6 short.");
    static final Option<Integer> SMS_SOURCE_PLAN = SMS.option("wake-sms-source-plan", Kind.number(0, 18), "0",
            "Its numbering plan (NPI): 0 unknown, 1 telephones.");
    static final Option<Integer> SMS_NATIONAL_TYPE = SMS.option("wake-sms-national-type", Kind.number(0, 6), "2",
            "Type of number of devices' numbers without a plus; those with one are international.");
    static final Option<Integer> SMS_NATIONAL_PLAN = SMS.option("wake-sms-national-plan", Kind.number(0, 18), "1",
            "Numbering plan of devices' numbers without a plus.");
    static final Option<Boolean> SMS_RECEIPTS = SMS.option("wake-sms-receipts", Kind.flag(), "true",
            "Whether the centre is asked to tell when a message has arrived; some charge for that.");
    static final Option<Duration> SMS_ENQUIRY = SMS.option("wake-sms-enquiry",
            Kind.duration(Duration.ofSeconds(1), Duration.ofMinutes(30)), "30s",
            "After how much silence the centre is asked whether it is there.");
    static final Option<Integer> SMS_WINDOW = SMS.option("wake-sms-window", Kind.number(1, 1000), "10",
            "Most messages that the centre may leave unanswered at once.");
    static final Option<Integer> SMS_PACE = SMS.pace("wake-sms-pace", "20", "by SMPP");

    static final Option<String> KANNEL_URL = KANNEL.option("wake-kannel", Kind.text("URL"), "",
            "Where a smsbox takes text messages (http://127.0.0.1:13013/cgi-bin/sendsms); none are sent if empty.");
    static final Option<String> KANNEL_USER = KANNEL.option("wake-kannel-user", Kind.text("NAME"), "",
            "The user name there (username of a sendsms-user).");
    static final Option<String> KANNEL_PASSWORD = KANNEL.option("wake-kannel-password", Kind.text("SECRET"), "",
            "The password to it.");
    static final Option<String> KANNEL_FROM = KANNEL.option("wake-kannel-from", Kind.text("NUMBER"), "",
            "The number or name in whose name messages are sent; Kannel's own if empty.");
    static final Option<String> KANNEL_SMSC = KANNEL.option("wake-kannel-smsc", Kind.text("NAME"), "",
            "The smsc-id of the connection to be used; Kannel chooses if empty.");
    static final Option<String> KANNEL_REPORTS = KANNEL.option("wake-kannel-reports", Kind.text("URL"), "",
            "Where Kannel tells when a message has arrived: the devices' listener, as Kannel reaches it, with a path"
                    + " that nobody guesses (http://127.0.0.1:8080/reports/ and 16 characters or more of yours);"
                    + " nowhere if empty.");
    static final Option<Integer> KANNEL_AT_ONCE = KANNEL.atOnce("wake-kannel-at-once", "8", "Kannel");
    static final Option<Integer> KANNEL_PACE = KANNEL.pace("wake-kannel-pace", "20", "through Kannel");

    static final Option<String> PAP_URL = PAP.option("wake-pap", Kind.text("URL"), "",
            "Where a push proxy gateway takes pushes (http://127.0.0.1:8088/wappush); none are pushed if empty.");
    static final Option<String> PAP_USER = PAP.option("wake-pap-user", Kind.text("NAME"), "",
            "The user name there, by HTTP Basic; none is given if empty.");
    static final Option<String> PAP_PASSWORD = PAP.option("wake-pap-password", Kind.text("SECRET"), "",
            "The password to it.");
    static final Option<String> PAP_HOST = PAP.option("wake-pap-host", Kind.text("HOST"), "",
            "What stands behind the at sign of addresses; the host of the gateway's URL if empty.");
    static final Option<Delivery> PAP_DELIVERY = PAP.option("wake-pap-delivery", Kind.oneOf(Delivery.class),
            "unconfirmed", "The delivery method that is asked for.");
    static final Option<String> PAP_NETWORK = PAP.option("wake-pap-network", Kind.text("NAME"), "",
            "The network that must be used, such as GSM; any if empty.");
    static final Option<String> PAP_BEARER = PAP.option("wake-pap-bearer", Kind.text("NAME"), "",
            "The bearer that must be used, such as SMS; any if empty.");
    static final Option<String> PAP_REPORTS = PAP.option("wake-pap-reports", Kind.text("URL"), "",
            "Where the gateway sends result notifications: the devices' listener, as the gateway reaches it, with a"
                    + " path that nobody guesses (http://127.0.0.1:8080/reports/ and 16 characters or more of yours);"
                    + " nowhere if empty.");
    static final Option<Integer> PAP_AT_ONCE = PAP.atOnce("wake-pap-at-once", "8", "the gateway");
    static final Option<Integer> PAP_PACE = PAP.pace("wake-pap-pace", "50", "through the gateway");

    static final Option<Boolean> WAKE_OBEX = OBEX.option("wake-obex", Kind.flag(), "false",
            "Whether devices are woken that listen as OBEX servers over TCP.");
    static final Option<Integer> OBEX_PORT = OBEX.option("wake-obex-port", Kind.number(1, 65_535), "650",
            "Their port, where an address names none.");
    static final Option<Integer> OBEX_AT_ONCE = OBEX.atOnce("wake-obex-at-once", "16", "devices");
    static final Option<Integer> OBEX_PACE = OBEX.pace("wake-obex-pace", "50", "by OBEX");

    private MessageOptions() {}

    /** Has the options be there. */
    static void load() {
        // done by the fields
    }
}
