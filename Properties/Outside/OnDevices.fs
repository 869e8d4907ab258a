/// A device that is revoked: it is put out, comes in no more with what was issued to it, and is told nothing.
module Chat.Spec.Outside.OnDevices

open System
open System.Threading.Tasks
open NATS.Client.Core
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Errands
open Chat.Spec.Outside.Visit

type private Keep = Chat.Domain.People.Command

let private ann, bob = person "ann", person "bob"

/// Somebody's device, with the one token that it has.
type private Held =
    {
        Device: Device
        Token: string
        /// What it had heard when it was put out.
        Heard: int
        IsOut: bool
    }

let private withToken (visit: Visit) (who: PersonId) (name: DeviceId) =
    let token = visit.Place.Token (visit.Names.Out who) name

    let place =
        { visit.Place with
            Token = fun _ _ -> token
        }

    {
        Device = Device(place, visit.Names, who, name)
        Token = token
        Heard = 0
        IsOut = false
    }

/// Whether it is let in once more with the token that it has.
let private comesInAsync (visit: Visit) (held: Held) : Task<bool> =
    task {
        let again =
            Device(
                { visit.Place with
                    Token = fun _ _ -> held.Token
                },
                visit.Names,
                held.Device.Who,
                held.Device.Name
            )

        try
            try
                do! again.ConnectAsync()
                return true
            with :? NatsException ->
                return false
        finally
            again.CloseAsync().Wait()
    }

let private listedAsync (visit: Visit) (all: Held list) (from: Held) : Task =
    task {
        let! answer = visit.AskOf from.Device (Ask.Devices()) PeopleAnswers.Devices

        match answer with
        | Ok devices ->
            let isOut (held: Held) =
                devices
                |> Seq.tryFind (fun one -> one.Device = held.Device.Name)
                |> Option.map (fun one -> one.RevokedAt.HasValue && not one.IsLive)

            for held in all do
                // What came back since is live; that it was revoked once is still said.
                if held.IsOut then
                    visit.Hold $"{held.Device.Name} is listed as out" (Some true) (isOut held)
        | Error refusal -> visit.Hold "ann lists her devices" "accepted" refusal.Code
    }

let private revokeAsync (visit: Visit) (all: Held list) (by: Held) (one: Held) : Task<Held list> =
    task {
        let revoke = Ask.ChangeSelf(visit.ClientId(), Keep.RevokeDevice one.Device.Name)

        if by.IsOut then
            return all
        else
            // Whoever revokes the device that asks may be out before the answer comes.
            if by.Device.Name = one.Device.Name then
                let! _ = by.Device.AskOnceAsync(Laws.Codecs.ours.Ask revoke)
                ()
            else
                let! answer = visit.AskOf by.Device revoke Decoding.Receipt
                visit.Hold $"{one.Device.Name} is revoked" "accepted" (told answer)

            visit.Findings.Count "device.revoked"
            let! isOut = visit.UntilAsync(fun () -> one.IsOut || not one.Device.IsConnected)
            visit.Hold $"{one.Device.Name} is put out" true isOut
            let! isIn = comesInAsync visit one
            visit.Hold $"{one.Device.Name} comes in with its old token" false isIn

            let out =
                { one with
                    IsOut = true
                    Heard = one.Device.Heard().Length
                }

            return
                all
                |> List.map (fun held -> if held.Device.Name = one.Device.Name then out else held)
    }

let private returnAsync (visit: Visit) (all: Held list) (one: Held) : Task<Held list> =
    task {
        if not one.IsOut then
            return all
        else
            // A token says in whole seconds when it was issued.
            do! Task.Delay(TimeSpan.FromSeconds 1.1)
            do! one.Device.CloseAsync()
            visit.Remove one.Device
            let anew = withToken visit one.Device.Who one.Device.Name
            visit.Add anew.Device
            do! anew.Device.ConnectAsync()
            visit.Findings.Count "device.returned"

            return
                all
                |> List.map (fun held -> if held.Device.Name = one.Device.Name then anew else held)
    }

let private messages (device: Device) =
    device.Heard() |> List.filter (fun heard -> heard.Sort = "evt") |> List.length

/// Something is said: whoever is in hears it, and who is out does not.
let private speakAsync (visit: Visit) (talk: Talk) (all: Held list) (who: PersonId) : Task =
    task {
        let before = all |> List.map (fun held -> messages held.Device)
        let isSomebodyIn = who = bob || all |> List.exists (fun held -> not held.IsOut)

        if isSomebodyIn then
            let from =
                if who = bob then
                    visit.Of bob
                else
                    (all |> List.find (fun held -> not held.IsOut)).Device

            let say = Command.SendMessage(body "hi", Nullable(), listing [], false)

            let! answer =
                visit.AskOf from (Ask.Change(Nullable talk.Real, visit.ClientId(), say)) Decoding.Receipt

            visit.Hold $"{who} says something" "accepted" (told answer)

            let hears () =
                List.zip all before
                |> List.forall (fun (held, before) -> held.IsOut || messages held.Device > before)

            let! isHeard = visit.UntilAsync hears
            visit.Hold "whoever is in hears it" true isHeard

        for held in all do
            if held.IsOut then
                visit.Findings.Count "device.silent"
                visit.Hold $"what {held.Device.Name} hears after it was revoked" held.Heard (held.Device.Heard().Length)
                visit.Hold $"{held.Device.Name} is still out" false held.Device.IsConnected
    }

/// What it came to, and how many requests it took.
let judgedAsync (place: Place) (deeds: DeviceDeed list) =
    visitAsync place HostLaws.devices [ bob ] (fun visit ->
        task {
            let! all =
                task {
                    let held = [ withToken visit ann phone; withToken visit ann desk ]

                    for one in held do
                        visit.Add one.Device
                        do! one.Device.ConnectAsync()

                    return held
                }

            let talk = Talk(visit, ConversationId.Of "g1")

            let! _ =
                talk.DoAsync bob (Command.Create(ConversationKind.Group, listing [ ann ], null))

            let mutable all = all

            let named name =
                all |> List.find (fun held -> held.Device.Name = name)

            for deed in deeds do
                if visit.IsRight then
                    match deed with
                    | Speaks who -> do! speakAsync visit talk all who
                    | Revokes(_, by, name) when not (named name).IsOut ->
                        let! next = revokeAsync visit all (named by) (named name)
                        all <- next
                    | Revokes _ -> ()
                    | Returns(_, name) ->
                        let! next = returnAsync visit all (named name)
                        all <- next

                    for held in all |> List.filter (fun held -> not held.IsOut) |> List.truncate 1 do
                        do! listedAsync visit all held
        })
