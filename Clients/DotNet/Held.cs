using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>
/// The views that a session holds, under one lock: events and what is fetched come from different tasks.
/// </summary>
internal sealed class Held(PersonId viewer)
{
    private readonly Lock gate = new();
    private HashMap<ConversationId, ConversationView> views;

    public IReadOnlyDictionary<ConversationId, ConversationView> Snapshot()
    {
        lock (gate)
            return new Dictionary<ConversationId, ConversationView>(
                views.AsEnumerable().Select(pair => KeyValuePair.Create(pair.Key, pair.Value))
            );
    }

    public Option<ConversationView> Find(ConversationId conversation)
    {
        lock (gate)
            return views.Find(conversation);
    }

    public void Clear()
    {
        lock (gate)
            views = default;
    }

    /// <summary>Whether a version is beyond what is held.</summary>
    public bool IsBehind(ConversationId conversation, long version)
    {
        lock (gate)
            return views.Find(conversation).Map(view => view.Version).IfNone(0) < version;
    }

    /// <summary>Whether what is held goes beyond a version.</summary>
    public bool IsBeyond(ConversationId conversation, long version)
    {
        lock (gate)
            return views.Find(conversation).Exists(view => view.Version > version);
    }

    /// <summary>Takes something seen if it is the next; the view after it.</summary>
    public Option<ConversationView> Take(ConversationId conversation, Seen seen)
    {
        lock (gate)
        {
            var view = views.Find(conversation).IfNone(() => ConversationView.Of(conversation, viewer));
            if (!view.IsNext(seen))
                return None;
            var next = Put(view.Evolve(seen));
            // Whoever went holds it no more; what comes after, an invitation perhaps, begins anew.
            if (seen is Seen.Shown { Event: var happened } && happened.Leaver == viewer)
                views = views.Remove(conversation);
            return Some(next);
        }
    }

    public Option<ConversationView> Mark(ConversationId conversation, Marks marks)
    {
        lock (gate)
            return views.Find(conversation).Map(view => Put(view.Mark(marks)));
    }

    /// <summary>Whether what was missed joins on to what is held.</summary>
    public bool Fits(Resumption.Missed missed)
    {
        lock (gate)
        {
            var version = views.Find(missed.Conversation).Map(view => view.Version).IfNone(0);
            return missed.Events.Count == 0 || missed.Events[0].Version <= version + 1;
        }
    }

    public Option<ConversationView> Take(Resumption one)
    {
        lock (gate)
            return one switch
            {
                Resumption.Missed missed => Missed(missed),
                Resumption.Reset reset => Put(Anew.ViewOf(reset, viewer)),
                Resumption.Left left => Gone(left),
                _ => None,
            };
    }

    private Option<ConversationView> Missed(Resumption.Missed missed)
    {
        var view = views.Find(missed.Conversation).IfNone(() => ConversationView.Of(missed.Conversation, viewer));
        foreach (var seen in missed.Events)
            if (view.IsNext(seen))
                view = view.Evolve(seen);
        return view.State.Exists ? Some(Put(view.Mark(missed.Marks))) : None;
    }

    private Option<ConversationView> Gone(Resumption.Left left)
    {
        views = views.Remove(left.Conversation);
        return None;
    }

    private ConversationView Put(ConversationView view)
    {
        views = views.AddOrUpdate(view.Conversation, view);
        return view;
    }
}
