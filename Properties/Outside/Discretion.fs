/// What people do in a scenario of what they keep to themselves, as devices ask for it, and what is answered.
module Chat.Spec.Outside.Discretion

open System
open System.Collections.Generic
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.People
open Chat.Domain.Presences
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Privacy
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Findings

type private Bond = Chat.Domain.Pairs.Event
type private Bonding = Chat.Domain.Pairs.Command
type private Keep = Chat.Domain.People.Command
type private Say = Chat.Domain.Conversations.Command

let people = PrivacyScenes.people

/// What has happened so far, and what is known of it from outside.
type Stay(devices: Device list, suffix: string) =
    member _.Devices = devices
    member val Past: Past = [] with get, set
    member val Place = ConversationId.Of "none" with get, set
    member val Said = 0L with get, set
    member val Read = Dictionary<string, int64>()
    /// How much of what each heard was judged.
    member val Taken = Dictionary<string, int>()
    member val Count = 0 with get, set

    member _.Of(who: PersonId) =
        devices |> List.find (fun device -> device.Who = who)

    member stay.Client() =
        stay.Count <- stay.Count + 1
        ClientId.Of $"k{stay.Count}"

    /// Words that nobody else has on the host.
    member _.Own(text: string) =
        text.Split ' '
        |> Array.filter ((<>) "")
        |> Array.map (fun word -> suffix + word)
        |> String.concat " "

let hold (findings: Findings) what expected actual =
    findings.Hold HostLaws.privacy (expected = actual) (fun () -> $"{what}: expected {expected}, was {actual}")

let told (answer: Result<'a, Refusal>) =
    match answer with
    | Ok _ -> "accepted"
    | Error refusal -> $"{refusal.Code} {ruleOf refusal}"

let askAsync (stay: Stay) (who: PersonId) (ask: Ask) read =
    task {
        let! _, answer = Asking.queryAsync (stay.Of who) ask (fun fields -> read fields)
        return answer
    }

let private bondAsync (findings: Findings) (stay: Stay) (bond: Bond) : Task<bool> =
    task {
        let say (who: PersonId) (command: Bonding) =
            task {
                let! answer =
                    askAsync stay who (Ask.ChangePair(stay.Client(), command)) PairAnswers.Receipt

                hold findings $"{who}: {command}" "accepted" (told answer)
            }

        match bond with
        | :? Bond.Befriended ->
            let isPossible = not (Privacy.isClosed bond.By bond.Other stay.Past)

            if isPossible && not (Privacy.areFriends bond.By bond.Other stay.Past) then
                do! say bond.By (Bonding.Request bond.Other)
                do! say bond.Other (Bonding.Accept bond.By)

            return isPossible
        | :? Bond.Removed ->
            do! say bond.By (Bonding.Remove bond.Other)
            return true
        | :? Bond.Blocked ->
            do! say bond.By (Bonding.Block bond.Other)
            return true
        | _ ->
            do! say bond.By (Bonding.Unblock bond.Other)
            return true
    }

let private keepAsync (findings: Findings) (stay: Stay) (who: PersonId) (said: Keep.SetPrivacy) : Task =
    task {
        let! answer =
            askAsync stay who (Ask.ChangeSelf(stay.Client(), said)) Decoding.Receipt

        let expected =
            if Privacy.isUnderstood said then
                "accepted"
            else
                "malformed presence: friends or nobody"

        hold findings $"{who} says {said}" expected (told answer)

        findings.Count(if expected = "accepted" then "kept" else "unmeant")

        let past = stay.Past @ [ Keeps(who, said) ]
        let! self = askAsync stay who (Ask.Self()) PeopleAnswers.Self

        let expected =
            [
                Privacy.messages who past
                Privacy.invites who past
                Privacy.find who past
                Privacy.presence who past
                Privacy.receipts who past
            ]

        match self with
        | Ok self ->
            let kept = self.Privacy

            hold
                findings
                $"{who} of themselves"
                expected
                [ kept.Messages; kept.Invites; kept.Find; kept.Presence; kept.Receipts ]
        | Error refusal -> hold findings $"{who} of themselves" "accepted" refusal.Code
    }

/// Does something; whether it is something that happens there.
let doAsync (findings: Findings) (stay: Stay) (deed: Deed) : Task<Deed option> =
    task {
        match deed with
        | Bonds bond ->
            let! happens = bondAsync findings stay bond
            return if happens then Some deed else None
        | Keeps(who, said) ->
            do! keepAsync findings stay who said
            return Some deed
        | Named(who, name) ->
            let name = stay.Own name
            let called = Keep.UpdateProfile(valid (DisplayName.Create name), null)

            let! answer =
                askAsync stay who (Ask.ChangeSelf(stay.Client(), called)) Decoding.Receipt

            hold findings $"{who} is called {name}" "accepted" (told answer)
            return Some(Named(who, name))
        | Attends(who, attendance) ->
            let here =
                Ask.Here((attendance = Attendance.Sneaking), (attendance = Attendance.Away))

            let! answer = askAsync stay who here HouseAnswers.Lease
            hold findings $"{who} is {attendance}" "accepted" (told answer)
            return Some deed
        | Speaks who ->
            let say = Say.SendMessage(body "hi", Nullable(), listing [], false)

            let! answer =
                askAsync stay who (Ask.Change(Nullable stay.Place, stay.Client(), say)) Decoding.Receipt

            hold findings $"{who} says something" "accepted" (told answer)
            stay.Said <- stay.Said + 1L
            return Some deed
        | Reads(who, seq) ->
            let before = stay.Read.GetValueOrDefault(who.Value, 0L)

            if seq > before && seq <= stay.Said then
                stay.Read[who.Value] <- seq
                let! answer = askAsync stay who (Ask.Mark(stay.Place, Marks(seq, 0L))) id
                hold findings $"{who} reads {seq}" "accepted" (told answer)
                return Some deed
            else
                return None
        // What ghosting does is seen in a house.
        | Ghosts _ -> return None
    }
