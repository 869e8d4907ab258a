using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;

namespace Chat.Domain.Tests.Vectors;

/// <summary>
/// What a device is sent, step by step, and what the views answer then. Its text is what the page's folds are held to.
/// </summary>
internal sealed class Vector
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
    private readonly Scene scene;
    private readonly PersonId viewer;
    private readonly List<JsonObject> steps = [];
    private ConversationView view;

    public Vector(Scene scene, PersonId viewer)
    {
        (this.scene, this.viewer) = (scene, viewer);
        view = ConversationView.Of(scene.Conversation, viewer);
    }

    public long Version => view.Version;

    public int Count => steps.Count;

    /// <summary>An event arrives. What is not the next is a hole: nothing is folded.</summary>
    public void Hears(Seen seen)
    {
        var isNext = view.IsNext(seen);
        if (isNext)
            view = view.Evolve(seen);
        Step("event", Events.Encode(scene.Conversation, seen), isNext);
    }

    /// <summary>The answer of a resume arrives: what was missed, or everything anew.</summary>
    public void Resumes(Resumption one)
    {
        if (one is Resumption.Reset reset)
            view = Anew.ViewOf(reset, viewer);
        if (one is Resumption.Missed missed)
            view = missed
                .Events.Aggregate(view, (held, seen) => held.IsNext(seen) ? held.Evolve(seen) : held)
                .Mark(missed.Marks);
        Step("resume", Answers.Ok(new ResumePage("cursor", false, [one], false, [])));
    }

    /// <summary>The viewer's marks move, here or on another device.</summary>
    public void Reads(Marks marks)
    {
        scene.Read(viewer, marks);
        view = view.Mark(marks);
        Step("receipt", Ephemerals.Receipt(scene.Conversation, viewer, marks));
    }

    private void Step(string what, byte[] bytes, bool isNext = true)
    {
        var step = new JsonObject
        {
            [what] = Convert.ToBase64String(bytes),
            ["json"] = JsonNode.Parse(Json.FromMessagePack(bytes)),
        };
        if (!isNext)
            step["next"] = false;
        step["then"] = new JsonArray(
            view.Version,
            view.State.LastSeq,
            view.Unread.Count,
            view.Unread.Mentions,
            view.Unread.IsExact
        );
        steps.Add(step);
    }

    /// <summary>A step a line.</summary>
    public override string ToString()
    {
        var lines = new List<string>
        {
            $"\"viewer\": \"{viewer}\"",
            $"\"conversation\": \"{scene.Conversation}\"",
            $"\"steps\": [\n{string.Join(",\n", steps.Select(Line))}\n]",
            $"\"entry\": {Line(Entry())}",
            $"\"messages\": [\n{string.Join(",\n", Messages().Select(one => Line(one!)))}\n]",
            $"\"lines\": [\n{string.Join(",\n", Lines().Select(one => Line(one!)))}\n]",
            $"\"markers\": [\n{string.Join(",\n", Markers().Select(Line))}\n]",
            $"\"certificate\": {Line(Certified())}",
        };
        return "{\n" + string.Join(",\n", lines) + "\n}\n";
    }

    private JsonNode Entry() =>
        Ok(Answers.Ok(new InboxPage(view.Entry.Match<Listing<InboxEntry>>(one => [one], () => []), false)))[
            "conversations"
        ]![0]!;

    private JsonNode Certified() =>
        Ok(Answers.Ok(new ResumePage("cursor", false, [], false, [Certificate.Of(view)])))["certificates"]![0]!;

    private JsonArray Messages() =>
        Ok(Answers.Ok(new HistoryPage(Listing.From(view.History.Messages.Values), false)))["messages"]!.AsArray();

    private JsonArray Lines() =>
        Ok(Answers.Ok(new HistoryPage([], false) { Lines = Domain.Views.Line.Of(scene.Shown(viewer)) }))["lines"]
            ?.AsArray()
        ?? [];

    // Reading on from where the viewer is, a few messages at a time.
    private IEnumerable<JsonNode> Markers()
    {
        for (var seq = view.Unread.Marks.Read; seq <= view.State.LastSeq; seq += 3)
        {
            var unread = view.Mark(new Marks(seq, seq)).Unread;
            yield return new JsonArray(seq, unread.Count, unread.Mentions, unread.IsExact);
        }
    }

    private static JsonNode Ok(byte[] answer) => JsonNode.Parse(Json.FromMessagePack(answer))!["ok"]!;

    private static string Line(JsonNode node) => node.ToJsonString(Plain);
}
