using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Chat.Domain.Conversations;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Benchmarks.Load;

/// <summary>
/// One person at one device: sends the next message as soon as one is answered, or when a clock says so, and hears what
/// others say.
/// </summary>
internal sealed class Speaker : IHears, IDisposable
{
    private const string Question = "q";

    private readonly Tally tally;
    private readonly int index;
    private readonly NatsSocket socket;
    private readonly DeviceId device = DeviceId.Of("bench");
    private readonly string inbox;
    private readonly ConcurrentQueue<int> free = new();
    private readonly Queue<long> owed = new();
    private bool isClocked;
    private Frame[] frames = [];
    private int[] numbers = [];
    private byte[] outgoing = [];
    private int written;
    private TaskCompletionSource<byte[]>? asked;
    private int underWay;
    private long acknowledged;
    private long delivered;
    private long echoes;

    /// <param name="index">Its number among all of a run.</param>
    public Speaker(PersonId person, int index, Tally tally)
    {
        (Person, this.index, this.tally, socket) = (person, index, tally, new NatsSocket(this));
        inbox = Subjects.Inbox(person, device);
    }

    public PersonId Person { get; }

    /// <summary>Sends that were acknowledged.</summary>
    public long Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>Messages of others that were delivered.</summary>
    public long Delivered => Volatile.Read(ref delivered);

    /// <summary>One's own messages that were delivered, as one's other devices would have them.</summary>
    public long Echoes => Volatile.Read(ref echoes);

    /// <summary>Whether the connection is there.</summary>
    public bool IsConnected => socket.IsOpen;

    /// <summary>Sends without an answer.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    public Task ConnectAsync(string url, Func<string, string, string> token) =>
        socket.ConnectAsync(
            url,
            NatsSocket.Token(token(Person.Value, device.Value)),
            $"{inbox}.*",
            Subjects.Events(Person)
        );

    /// <summary>Makes a conversation with others.</summary>
    public Task<ConversationId> CreateAsync(ConversationKind kind, IEnumerable<PersonId> members)
    {
        var name = ConversationName.Create("bench").ToOption().Case as ConversationName;
        var create = new Command.Create(kind, Listing.From(members), kind == ConversationKind.Direct ? null : name);
        return AskAsync(Subjects.Nothing, create);
    }

    private async Task<ConversationId> AskAsync(string id, Command command)
    {
        asked = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var subject = Subjects.Request(Person, device, "conversation", id, RequestBodies.VerbOf(command));
        var payload = RequestBodies.Of(command, ClientId.Of(Guid.NewGuid().ToString("N")));
        var head = Encoding.ASCII.GetBytes($"PUB {subject} {inbox}.{Question} {payload.Length}\r\n");
        await socket.SendAsync((byte[])[.. head, .. payload, .. "\r\n"u8]);
        var answer = await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return Decoding
            .Answer(answer, Decoding.Receipt)
            .Match(
                Right: receipt => receipt.Stream.Conversation,
                Left: refusal => throw new InvalidOperationException($"{subject}: {refusal.Code} {refusal.Because}")
            );
    }

    /// <summary>Begins to send, so many at a time; by a clock, not before something is owed.</summary>
    public async Task StartAsync(ConversationId conversation, int outstanding, bool isClocked)
    {
        this.isClocked = isClocked;
        frames = [.. Enumerable.Range(0, outstanding).Select(slot => Frame.Of(Person, device, conversation, slot))];
        numbers = new int[outstanding];
        outgoing = new byte[2 * outstanding * frames[0].Length];
        for (var slot = 0; slot < outstanding; slot++)
            if (isClocked)
                free.Enqueue(slot);
            else
                Send(slot, Stopwatch.GetTimestamp());
        if (!isClocked)
            Volatile.Write(ref underWay, outstanding);
        await FlushAsync();
    }

    /// <summary>A message is due.</summary>
    public void Owe(long at) => owed.Enqueue(at);

    /// <summary>Sends what is due, as far as not too much is under way: the rest is late, and counts as that.</summary>
    public ValueTask PayAsync()
    {
        while (owed.Count > 0 && free.TryDequeue(out var slot))
        {
            Interlocked.Increment(ref underWay);
            Send(slot, owed.Dequeue());
        }
        return FlushAsync();
    }

    public void Hear(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        // chat.v1.inbox.… or chat.v1.evt.…
        if (subject["chat.v1.".Length] == 'e')
            HearEvent(payload);
        else if (subject[^1] == Question[0])
            asked?.TrySetResult(payload.ToArray());
        else
            HearAnswer(subject, headers);
    }

    private void HearEvent(ReadOnlySpan<byte> payload)
    {
        var number = Frame.NumberIn(payload);
        if (number < 0)
            return;
        if (tally.IsBy(index, number))
            echoes++;
        else
        {
            tally.Deliver(number);
            delivered++;
        }
    }

    private void HearAnswer(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> headers)
    {
        var slot = 0;
        foreach (var digit in subject[(subject.LastIndexOf((byte)'.') + 1)..])
            slot = (10 * slot) + digit - '0';
        // Only a refusal has headers.
        if (headers.IsEmpty)
        {
            tally.Acknowledge(numbers[slot]);
            acknowledged++;
        }
        else
            tally.Refuse(Encoding.ASCII.GetString(headers).ReplaceLineEndings(" ").Trim());
        if (tally.IsSending && !isClocked)
        {
            Send(slot, Stopwatch.GetTimestamp());
            return;
        }
        Interlocked.Decrement(ref underWay);
        free.Enqueue(slot);
    }

    private void Send(int slot, long at)
    {
        var frame = frames[slot];
        if (written + frame.Length > outgoing.Length)
            Array.Resize(ref outgoing, 2 * outgoing.Length);
        numbers[slot] = tally.Next(index, at);
        frame.Write(numbers[slot], outgoing.AsSpan(written));
        written += frame.Length;
    }

    // What a clock owes is sent by the clock.
    public ValueTask HeardAsync() => isClocked ? ValueTask.CompletedTask : FlushAsync();

    private ValueTask FlushAsync()
    {
        if (written == 0)
            return ValueTask.CompletedTask;
        var frames = outgoing.AsMemory(0, written);
        written = 0;
        return socket.SendAsync(frames);
    }

    public void Dispose() => socket.Dispose();
}
