/// A device of somebody, connected to a host over NATS, as any client is.
module Chat.Spec.Outside.Device

open System
open System.Collections.Generic
open System.Diagnostics
open System.Threading.Tasks
open NATS.Client.Core
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Protocol
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Outside.Renaming

/// From when to when something was asked: in ticks of one clock for the order, and as the time of day in milliseconds.
type Window =
    {
        Sent: int64
        Answered: int64
        SentMs: int64
        AnsweredMs: int64
    }

let private passing = set [ "busy"; "unavailable"; "moved"; "rate_limited" ]
let private mostTries = 5
let private mostRefusals = 40

/// A request that was not answered, however often it was sent.
exception NoAnswer of subject: string

let private wallMs () =
    DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()

/// Something that a device was told.
type Heard =
    {
        /// What its subject has for parts: `evt` and of whom or what, as `conversation` and its id; `eph` of what
        /// nobody keeps.
        Sort: string
        Area: string
        Id: string
        Said: byte[]
    }

/// As many are kept until they are asked for; no scenario has so many.
let private mostHeard = 20_000

type Device(place: Place, names: Names, who: PersonId, device: DeviceId) =
    let outside = names.Out who
    let heard = List<Heard>()
    let mutable connection: NatsConnection | null = null
    let mutable subscriptions: INatsSub<byte[]> list = []
    let mutable wasAway = false

    /// What came since, in order: a connection hands on what it is told before it answers a ping.
    let take () =
        for subscription in subscriptions do
            let mutable message = NatsMsg<byte[]>()

            while subscription.Msgs.TryRead &message do
                match message.Data, message.Subject.Split '.' with
                | NonNull data, [| _; _; sort; _; area; id |] ->
                    heard.Add
                        {
                            Sort = sort
                            Area = area
                            Id = names.Back id
                            Said = names.Back data
                        }
                | _ -> ()

    member _.Who = who
    member _.Name = device

    /// Whether it has been without a connection since it first had one.
    member _.WasAway = wasAway

    /// How long it may take until it has heard of what it is to be told.
    member _.Telling = place.Telling

    /// Whether what happens may go by it: where hosts die.
    member _.MayMiss = place.Outage > TimeSpan.Zero

    /// What it was told so far: all of a sort in order.
    member _.Heard() : Heard list =
        lock heard (fun () ->
            take ()
            List.ofSeq heard)

    member private _.TryConnectAsync() : Task =
        task {
            let live =
                new NatsConnection(
                    NatsOpts(
                        Url = place.Url,
                        Name = "chat-spec",
                        InboxPrefix = Subjects.Inbox(outside, device),
                        RequestTimeout = place.Patience,
                        ConnectTimeout = TimeSpan.FromSeconds 20.,
                        IgnoreAuthErrorAbort = true,
                        AuthOpts = NatsAuthOpts(Token = place.Token outside device)
                    )
                )

            try
                do! live.ConnectAsync()
                let options = NatsSubOpts(ChannelOpts = NatsSubChannelOpts(Capacity = mostHeard))

                for subject in [ Subjects.Events outside; Subjects.Ephemerals outside ] do
                    let! events = live.SubscribeCoreAsync<byte[]>(subject, opts = options)
                    subscriptions <- subscriptions @ [ events ]

                do! live.PingAsync() |> _.AsTask() :> Task
                connection <- live
            finally
                if isNull connection then
                    subscriptions <- []
                    live.DisposeAsync().AsTask().Wait()
        }

    /// Comes in. Whoever dies may be the one who is to say whether it is let in: then it is tried again until another
    /// stands in.
    member device.ConnectAsync() : Task =
        task {
            let clock = Stopwatch.StartNew()

            while isNull connection do
                try
                    do! device.TryConnectAsync()
                with :? NatsException when clock.Elapsed < place.Outage ->
                    do! Task.Delay 100
        }

    /// The connection is lost, with what comes meanwhile, and there is a new one.
    member this.ReconnectAsync() : Task =
        task {
            wasAway <- true
            do! this.CloseAsync()
            do! this.ConnectAsync()
        }

    member this.CloseAsync() : Task =
        task {
            match connection with
            | null -> ()
            | live ->
                this.Heard() |> ignore
                connection <- null
                subscriptions <- []
                do! live.DisposeAsync()
        }

    /// Whether it is let in, and has not been put out since.
    member _.IsConnected =
        match connection with
        | null -> false
        | live -> live.ConnectionState = NatsConnectionState.Open

    /// All that was published to it before has come; nothing comes to who is out, or is put out meanwhile.
    member device.ArrivedAsync() : Task =
        task {
            let mutable hasArrived = false

            while device.IsConnected && not hasArrived do
                try
                    let! _ = (nonNull connection).PingAsync()
                    hasArrived <- true
                with :? OperationCanceledException ->
                    do! Task.Delay 5
        }

    member private _.TryAsync(subject: string, body: byte[]) : Task<byte[] option> =
        task {
            try
                let! reply = (nonNull connection).RequestAsync<byte[], byte[]>(subject, body)
                return Option.ofObj reply.Data |> Option.map names.Back
            with
            | :? NatsNoReplyException
            | :? NatsNoRespondersException
            | :? OperationCanceledException -> return None
        }

    /// Asks once; no answer, or one that is for later, is left as it is.
    member this.AskOnceAsync(area: string, id: string, verb: string, body: byte[]) : Task<byte[] option> =
        this.TryAsync(Subjects.Request(outside, device, area, names.Out id, verb), names.Out body)

    /// Asks until there is an answer that is not for later, always the same under the same id.
    member this.AskAsync(area: string, id: string, verb: string, body: byte[]) : Task<Window * byte[]> =
        task {
            let subject = Subjects.Request(outside, device, area, names.Out id, verb)
            let said = names.Out body
            let sent, sentMs = Stopwatch.GetTimestamp(), wallMs ()

            let isOver () =
                Stopwatch.GetElapsedTime sent > place.Outage

            let mutable answer = None
            let mutable tries, silent = 0, 0

            while Option.isNone answer do
                tries <- tries + 1
                let! reply = this.TryAsync(subject, said)

                match reply with
                | None when silent + 1 >= mostTries && isOver () -> raise (NoAnswer subject)
                | None -> silent <- silent + 1
                | Some bytes ->
                    match Decoding.Answer(ReadOnlyMemory bytes, (fun _ -> true)) |> ofEither with
                    | Error refusal when passing.Contains refusal.Code && not (tries >= mostRefusals && isOver ()) ->
                        let wait = Option.ofNullable refusal.RetryAfterMs |> Option.defaultValue 100L
                        do! Task.Delay(int (min 2_000L (max 10L wait)))
                    | _ -> answer <- Some bytes

            let during =
                {
                    Sent = sent
                    Answered = Stopwatch.GetTimestamp()
                    SentMs = sentMs
                    AnsweredMs = wallMs ()
                }

            return during, answer.Value
        }

/// Waits until something is so by what these devices were told; whether it is. Each look may ask for more by itself.
let untilAsync (devices: Device list) (isSo: unit -> Task<bool>) : Task<bool> =
    task {
        let clock = Stopwatch.StartNew()
        let mutable isOver = false
        let mutable isHeard = false

        while not isOver do
            for device in devices do
                do! device.ArrivedAsync()

            let! isSo = isSo ()
            isHeard <- isSo
            isOver <- isSo || devices |> List.forall (fun device -> clock.Elapsed > device.Telling)

            if not isOver then
                do! Task.Delay 10

        return isHeard
    }
