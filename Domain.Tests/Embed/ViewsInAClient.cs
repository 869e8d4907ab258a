using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Domain.Tests.Embed;

/// <summary>A client that was sent events as bytes, and keeps a view.</summary>
public sealed class ViewsInAClient
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");
    private static readonly ConversationId Supper = ConversationId.Of("supper");

    [Xunit.Fact]
    public void A_view_follows_what_it_is_sent()
    {
        byte[][] heard =
        [
            Sent(1, new Event.Created(By(Mia), ConversationKind.Group, [Mia, Tomas], null)),
            Sent(2, new Event.MessageSent(By(Mia), 1, Words("soup?"), null, [Tomas])),
            Sent(3, new Event.MessageSent(By(Mia), 2, Words("or bread"), null, [])),
            Sent(4, new Event.MessageRedacted(By(Mia), new MessageRef(2, 3), Mia, null)),
        ];

        var view = ConversationView.Of(Supper, Tomas);
        foreach (var bytes in heard)
            view = view.Evolve(Read(bytes));

        Assert.Equal((1, 1), (view.Unread.Count, view.Unread.Mentions));
        Assert.Equal(Words("soup?"), view.History.Messages[1].Content);
        Assert.True(view.History.Messages[2].IsRedacted);
        Assert.Equal(0, view.Mark(new Marks(2, 2)).Unread.Count);
    }

    [Xunit.Fact]
    public void A_hole_is_told_from_silence()
    {
        var view = ConversationView.Of(Supper, Tomas);
        view = view.Evolve(Read(Sent(1, new Event.Created(By(Mia), ConversationKind.Group, [Mia, Tomas], null))));

        var third = Read(Sent(3, new Event.MessageSent(By(Mia), 2, Words("well?"), null, [])));

        Assert.False(view.IsNext(third));
        Assert.True(view.IsNext(new Seen.Hidden(2, 2)));
        Assert.True(view.Evolve(new Seen.Hidden(2, 2)).IsNext(third));
    }

    private static byte[] Sent(long version, Event happened) =>
        Events.Encode(Supper, new Seen.Shown(version, happened));

    private static Seen Read(byte[] bytes) => Decoding.Event(bytes).Match(heard => heard.Seen, _ => null!);

    private static Stamp By(PersonId person) => new(person, new Instant(1_000));

    private static Content Words(string text) => new Content.Present(Body.Create(text).Match(b => b, _ => null!));
}
