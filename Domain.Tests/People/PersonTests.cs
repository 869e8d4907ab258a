using Chat.Domain.Deciding;
using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Domain.Tests.People;

/// <summary>Who people say they are, and which of their devices are closed out.</summary>
public sealed class PersonTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly DeviceId Phone = DeviceId.Of("phone");
    private static readonly Command.UpdateProfile Both = new(Name("Mia"), Words("cooks"));

    public static TheoryData<Command> Commands =>
        [
            Both,
            new Command.UpdateProfile(null, Words("")),
            new Command.SetPrivacy(Openness.Friends, null),
            new Command.SetPrivacy(null, Openness.Nobody),
            new Command.SetPrivacy(null, null) { MayMeet = true },
            new Command.SetPrivacy(Openness.Nobody, null) { MayMeet = false },
            new Command.SetPrivacy(null, null) { Find = Openness.Everyone, Presence = Openness.Nobody },
            new Command.SetPrivacy(null, Openness.Nobody) { Receipts = Openness.Friends, MayMeet = true },
            new Command.Dismiss(PersonId.Of("tomas")),
            new Command.DeclineInvitation(ConversationId.Of("c1")),
            new Command.RevokeDevice(DeviceId.Of("old")),
        ];

    [Xunit.Fact]
    public void What_is_not_said_of_who_may_reach_one_stays()
    {
        var mia = After(Person.New, new Command.SetPrivacy(Openness.Friends, null));
        mia = After(mia, new Command.SetPrivacy(null, Openness.Nobody));
        Assert.Equal(new Privacy(Openness.Friends, Openness.Nobody), ((State)mia.State).Privacy);
        Assert.Equal(mia.Version, After(mia, new Command.SetPrivacy(Openness.Friends, null)).Version);
    }

    [Xunit.Fact]
    public void Who_has_said_nothing_is_found_and_seen_by_friends_and_hides_no_receipts()
    {
        var (open, said) = (Privacy.Open, new Privacy(Openness.Nobody, Openness.Nobody));
        Assert.Equal(
            (Openness.Friends, Openness.Friends, Openness.Everyone),
            (open.Find, open.Presence, open.Receipts)
        );
        // As whoever said something before there was more to say.
        Assert.Equal((open.Find, open.Presence, open.Receipts), (said.Find, said.Presence, said.Receipts));
    }

    [Xunit.Fact]
    public void What_is_not_named_stays_and_a_blank_description_clears_it()
    {
        var mia = After(Person.New, Both);
        Assert.Equal(new Profile(Name("Mia"), Words("cooks")), ProfileOf(mia));
        mia = After(mia, new Command.UpdateProfile(Name("Mimi"), null));
        Assert.Equal(new Profile(Name("Mimi"), Words("cooks")), ProfileOf(mia));
        mia = After(mia, new Command.UpdateProfile(null, Words("")));
        Assert.Equal(new Profile(Name("Mimi"), null), ProfileOf(mia));
    }

    [Xunit.Fact]
    public void What_is_so_already_happens_not_again()
    {
        var mia = After(Person.New, Both);
        Assert.Equal(mia.Version, After(mia, Both).Version);
        Assert.Equal(0, After(Person.New, new Command.UpdateProfile(null, Words(""))).Version);
    }

    [Xunit.Fact]
    public void A_device_is_void_until_the_last_time_that_it_was_revoked()
    {
        var revoke = new Command.RevokeDevice(Phone);
        var twice = After(After(Person.New, revoke, at: 10), revoke, at: 20);
        Assert.Equal(new Instant(20), ((State)twice.State).Revoked[Phone]);
        var back = twice.Evolve(new Event.DeviceRevoked(new Stamp(Mia, new Instant(5)), Phone));
        Assert.Equal(new Instant(20), ((State)back.State).Revoked[Phone]);
    }

    [Xunit.Fact]
    public void Devices_that_are_closed_out_are_bounded()
    {
        var mia = Person.New;
        for (var n = 0; n < Person.MaxRevoked; n++)
            mia = mia.Evolve(new Event.DeviceRevoked(new Stamp(Mia, new Instant(n)), DeviceId.Of($"d{n}")));
        Assert.Equal(new Refusal.Full("devices.revoked"), Refused(mia, new Command.RevokeDevice(Phone)));
        Assert.True(Asked(mia, new Command.RevokeDevice(DeviceId.Of("d7"))).IsRight);
    }

    [Xunit.Fact]
    public void Who_has_not_opened_themselves_is_closed()
    {
        Assert.False(Person.New.State is State { Privacy.MayMeet: true });
        var open = After(Person.New, new Command.SetPrivacy(null, null) { MayMeet = true });
        Assert.Equal(Privacy.Open with { MayMeet = true }, ((State)open.State).Privacy);
        // What else is said of who may reach them leaves it as it is.
        Assert.True(((State)After(open, new Command.SetPrivacy(Openness.Nobody, null)).State).Privacy.MayMeet);
        Assert.False(
            ((State)After(open, new Command.SetPrivacy(null, null) { MayMeet = false }).State).Privacy.MayMeet
        );
    }

    [Xunit.Fact]
    public void Who_is_dismissed_is_so_for_ever_and_they_are_bounded()
    {
        var mia = Person.New;
        for (var n = 0; n < Person.MaxDismissed; n++)
            mia = After(mia, new Command.Dismiss(PersonId.Of($"p{n}")));
        Assert.Equal(Person.MaxDismissed, ((State)mia.State).Dismissed.Count);
        Assert.Equal(mia.Version, After(mia, new Command.Dismiss(PersonId.Of("p7"))).Version);
        Assert.Equal(new Refusal.Full("people.dismissed"), Refused(mia, new Command.Dismiss(PersonId.Of("q"))));
        Assert.Equal(new Refusal.Malformed(["id: somebody else"]), Refused(mia, new Command.Dismiss(Mia)));
    }

    [Xunit.Fact]
    public void What_nobody_can_be_is_named()
    {
        var (unknown, nothing) = ((Openness)9, new Command.SetPrivacy(null, null));
        Assert.Equal(
            Wrong("messages, invites: everyone, friends or nobody"),
            Refused(nothing with { Messages = unknown })
        );
        Assert.Equal(
            Wrong("messages, invites: everyone, friends or nobody"),
            Refused(nothing with { Invites = unknown })
        );
        Assert.Equal(Wrong("find, receipts: everyone, friends or nobody"), Refused(nothing with { Find = unknown }));
        Assert.Equal(
            Wrong("find, receipts: everyone, friends or nobody"),
            Refused(nothing with { Receipts = unknown })
        );
        Assert.Equal(Wrong("presence: friends or nobody"), Refused(nothing with { Presence = unknown }));
        Assert.Equal(Wrong("presence: friends or nobody"), Refused(nothing with { Presence = Openness.Everyone }));

        static Refusal Refused(Command command) => PersonTests.Refused(Person.New, command);
        static Refusal Wrong(string rule) => new Refusal.Malformed([rule]);
    }

    [Xunit.Fact]
    public void Who_is_closed_out_is_so_until_then()
    {
        var until = new Suspension(Mia, new Instant(1), new Instant(10), null);
        Assert.True(until.Holds(new Instant(9)));
        Assert.False(until.Holds(new Instant(10)));
        Assert.True((until with { Until = null }).Holds(new Instant(10)));
    }

    [Xunit.Fact]
    public void A_command_of_a_conversation_is_none_of_a_person()
    {
        var join = Person.New.Decide(By(1), new Domain.Conversations.Command.Join(), Facts.Empty);
        Assert.Equal("unsupported", join.Match(_ => "", refusal => refusal.Code));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_arrives_as_it_was_sent(Command command)
    {
        var (area, id, verb) = PeopleRequests.AddressOf(command);
        var address = Subjects
            .ParseRequest(Subjects.Request(Mia, Phone, area, id, verb))
            .Match(found => found, () => null!);

        var asked = Fields
            .Read(PeopleRequests.Of(command, ClientId.Of("1")))
            .Bind(body => Requests.Parse(address, body))
            .Match(ask => ask, refusal => throw new(refusal.ToString()));

        Assert.Equal(new Ask.ChangeSelf(ClientId.Of("1"), command), asked);
        Assert.NotEqual(PeopleRequests.Normal(command), PeopleRequests.Normal(new Command.RevokeDevice(Phone)));
    }

    private static Profile ProfileOf(AnyStream stream) => ((State)stream.State).Profile;

    private static AnyStream After(AnyStream stream, Command command, long at = 1) =>
        Asked(stream, command, at).Match(decision => stream.Fold(decision.Events), refusal => throw new($"{refusal}"));

    private static Refusal Refused(AnyStream stream, Command command) =>
        Asked(stream, command).Match(_ => null!, refusal => refusal);

    private static LanguageExt.Either<Refusal, Decision> Asked(AnyStream stream, Command command, long at = 1) =>
        stream.Decide(By(at), command, Facts.Empty);

    private static Context By(long at) => new(Mia, Phone, new Instant(at));

    private static DisplayName Name(string text) => DisplayName.Create(text).Match(name => name, _ => null!);

    private static About Words(string text) => About.Create(text).Match(about => about, _ => null!);
}
