/// Where an errand is done: the devices of a few people, and what is found there.
module Chat.Spec.Outside.Visit

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.Renaming

type private Bond = Chat.Domain.Pairs.Command

let phone, desk = Palette.devices[0], Palette.devices[1]

/// An answer in one word, and the rule of a refusal.
let told (answer: Result<'a, Refusal>) =
    match answer with
    | Ok _ -> "accepted"
    | Error refusal -> $"{refusal.Code} {ruleOf refusal}"

/// The same as the oracle says it.
let expected (verdict: Verdict) =
    match verdict with
    | Refuse(code, rule) -> $"{code} {rule}"
    | _ -> "accepted"

type Visit(place: Place, law: HostLaw, people: PersonId list) =
    let names = Names(Guid.NewGuid().ToString("N").[..9])
    let findings = Findings()

    let mutable devices =
        people |> List.map (fun who -> Device(place, names, who, phone))

    let mutable asked = 0

    member _.Place = place
    member _.Names = names
    member _.Findings = findings
    member _.Asked = asked
    member _.Devices = devices

    /// Whether nothing was found yet that breaks a law.
    member _.IsRight = findings.Wrongs.IsEmpty

    member _.Add(device: Device) = devices <- devices @ [ device ]

    member _.Remove(device: Device) =
        devices <- devices |> List.filter (fun one -> not (obj.ReferenceEquals(one, device)))

    member _.Of(who: PersonId) =
        devices |> List.find (fun device -> device.Who = who)

    member _.ClientId() =
        asked <- asked + 1
        ClientId.Of $"v{asked}"

    /// Puts the law of the visit to the test once.
    member _.Hold (what: string) (expected: 'a) (actual: 'a) =
        findings.Hold law (expected = actual) (fun () -> $"{what}: expected %A{expected}, was %A{actual}")

    member _.AskOf (device: Device) (ask: Ask) (read: Fields -> 'a) =
        task {
            asked <- asked + 1
            let! _, answer = Asking.queryAsync device ask read
            return answer
        }

    member visit.AskAsync (who: PersonId) (ask: Ask) (read: Fields -> 'a) = visit.AskOf (visit.Of who) ask read

    /// Does something that has to be accepted.
    member visit.MustAsync (who: PersonId) (ask: Ask) : Task =
        task {
            let! answer = visit.AskAsync who ask id
            visit.Hold $"{who} asks for {ask}" "accepted" (told answer)
        }

    member visit.BefriendAsync (one: PersonId) (other: PersonId) : Task =
        task {
            do! visit.MustAsync one (Ask.ChangePair(visit.ClientId(), Bond.Request other))
            do! visit.MustAsync other (Ask.ChangePair(visit.ClientId(), Bond.Accept one))
        }

    /// Waits until something is so; whether it is.
    member _.UntilAsync(holds: unit -> bool) : Task<bool> =
        untilAsync devices (fun () -> Task.FromResult(holds ()))

    member visit.ConnectAsync() : Task =
        Task.WhenAll(devices |> List.map _.ConnectAsync())

    member _.CloseAsync() : Task =
        Task.WhenAll(devices |> List.map _.CloseAsync())

/// Plays an errand among some people, and says what was found.
let visitAsync (place: Place) (law: HostLaw) (people: PersonId list) (play: Visit -> Task) : Task<Findings * int> =
    task {
        let visit = Visit(place, law, people)

        try
            do! visit.ConnectAsync()
            do! play visit
            return visit.Findings, visit.Asked
        finally
            visit.CloseAsync().Wait()
    }

/// A conversation, and all that has happened in it by the oracle.
type Talk(visit: Visit, local: ConversationId) =
    let key = StreamKey.Of(TenantId.Main, local)
    let nowhere = ConversationId.Of $"none-{visit.Names.Suffix}-{local}"

    member val Past: Recorded list = [] with get, set
    /// As the host calls it; what is not there, as long as there is none.
    member val Real = nowhere with get, set

    /// What somebody wants comes to what the oracle says; whether it happens.
    member talk.DoAsync (who: PersonId) (command: Command) : Task<bool> =
        task {
            let client = visit.ClientId()
            let isBeginning = command :? Command.Create
            let where = if isBeginning then Nullable() else Nullable talk.Real

            let! answer =
                visit.AskAsync who (Ask.Change(where, client, command)) Decoding.Receipt

            let at =
                match answer with
                | Ok receipt -> receipt.At
                | Error _ -> Instant(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())

            let ask: Traces.Ask =
                {
                    Person = who
                    Device = phone
                    Client = client
                    Command = command
                    OccurredAt = None
                    Wait = 0L
                }

            let verdict =
                Welcome.decide (fun _ _ -> false) (Running.contextOf ask at) command talk.Past

            visit.Hold $"{who}: {command}" (expected verdict) (told answer)

            let events =
                match verdict with
                | Accept one -> [ one ]
                | AcceptAll several -> several
                | _ -> []

            match answer with
            | Ok receipt ->
                if isBeginning then
                    talk.Real <- receipt.Stream.Conversation

                let made = events |> Seq.map (fun one -> one :> AnyEvent)
                talk.Past <- talk.Past @ Running.recordedOf key ask talk.Past made
                return not events.IsEmpty
            | Error _ -> return false
        }
