/// Plays a scenario of people who keep something to themselves, one step after another, and judges each: what is
/// answered, who is found, who is seen in the hall, and who is told how far somebody has read.
module Chat.Spec.Outside.Discreet

open System
open System.Collections.Generic
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Presences
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Privacy
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.Discretion

type private Say = Chat.Domain.Conversations.Command

let private receiptsOf (device: Device) : (string * int64) list =
    device.Heard()
    |> List.choose (fun heard ->
        match heard.Sort, heard.Area, Codecs.ours.Read heard.Said with
        | "eph", "conversation", Ok fields when string fields["type"] = "receipt" ->
            Some(string fields["by"], unbox<int64>(nonNull fields["read"]))
        | _ -> None)

/// Who hears of what somebody has just read: those who are to, and nobody else.
let private hearAsync (findings: Findings) (stay: Stay) (happened: Deed option) : Task =
    task {
        for device in stay.Devices do
            let expected =
                match happened with
                | Some(Reads(reader, seq)) when reader = device.Who || Privacy.areTold reader device.Who stay.Past ->
                    [ reader.Value, seq ]
                | _ -> []

            match happened with
            | Some(Reads(reader, _)) when reader <> device.Who ->
                findings.Count(if expected.IsEmpty then "untold" else "told")
            | _ -> ()

            let taken = stay.Taken.GetValueOrDefault(device.Who.Value, 0)
            let news () = receiptsOf device |> List.skip taken

            let! _ =
                untilAsync [ device ] (fun () -> Task.FromResult((news ()).Length >= expected.Length))

            hold findings $"what {device.Who} hears of {happened}" expected (news ())
            stay.Taken[device.Who.Value] <- taken + (news ()).Length
    }

let private seeAsync (findings: Findings) (stay: Stay) : Task =
    task {
        for viewer in people do
            let! house = askAsync stay viewer (Ask.House()) HouseAnswers.House

            let expected =
                people
                |> List.filter (fun who -> who <> viewer && Privacy.isInHall who viewer stay.Past)

            match house with
            | Ok house ->
                let seen = house.Friends |> Seq.map _.Person |> Seq.sortBy _.Value |> List.ofSeq
                hold findings $"whom {viewer} sees in the hall" expected seen
            | Error refusal -> hold findings $"{viewer} looks for the house" "accepted" refusal.Code

            for who in List.except [ viewer ] people do
                if
                    Privacy.attendance who stay.Past = Attendance.Visible
                    && Privacy.areFriends who viewer stay.Past
                then
                    findings.Count(if List.contains who expected then "seen" else "unseen")
    }

let private findAsync (findings: Findings) (stay: Stay) (seekings: string list) : Task =
    task {
        for seeker in people do
            for words in seekings do
                let isHandle = people |> List.exists (fun who -> who.Value = words)
                let words = if isHandle then words else stay.Own words
                let limit = 1 + stay.Count % 3
                let asked = Ask.Find(valid (SearchWords.Create words), limit)
                let! found = askAsync stay seeker asked PeopleAnswers.People
                let expected = Privacy.found words seeker limit people stay.Past

                match found with
                | Ok found ->
                    hold findings $"whom {seeker} finds by {words}" expected (found |> Seq.map _.Person |> List.ofSeq)
                | Error refusal -> hold findings $"{seeker} seeks {words}" "accepted" refusal.Code

                for who in List.except [ seeker ] people do
                    if Privacy.isMeant words who stay.Past then
                        findings.Count(
                            if Privacy.mayBeFound who seeker stay.Past then
                                "found"
                            else
                                "unfound"
                        )
    }

/// Whoever asks another in, or begins to talk with them, is told what the other says of it.
let private reachAsync (findings: Findings) (stay: Stay) : Task =
    task {
        for one, other in List.allPairs people people do
            if one <> other then
                let create kind =
                    Ask.Change(Nullable(), stay.Client(), Say.Create(kind, listing [ other ], null))

                let! answer = askAsync stay one (create ConversationKind.Group) Decoding.Receipt

                let isOpen = Privacy.isOpen (Privacy.invites other stay.Past) other one stay.Past

                let expected =
                    if isOpen then
                        "accepted"
                    else
                        "not_accepting person.not_accepting"

                hold findings $"{one} asks {other} in" expected (told answer)

            if one.Value < other.Value then
                let create = Say.Create(ConversationKind.Direct, listing [ other ], null)

                let! answer =
                    askAsync stay one (Ask.Change(Nullable(), stay.Client(), create)) Decoding.Receipt

                let isOpen = Privacy.isOpen (Privacy.messages other stay.Past) other one stay.Past
                let expected = if isOpen then "accepted" else "not_accepting direct.closed"
                hold findings $"{one} begins to talk with {other}" expected (told answer)
    }

let private beginAsync (stay: Stay) : Task =
    task {
        for device in stay.Devices do
            do! device.ConnectAsync()

        let create = Say.Create(ConversationKind.Group, listing (List.tail people), null)

        let! answer =
            askAsync stay people[0] (Ask.Change(Nullable(), stay.Client(), create)) Decoding.Receipt

        match answer with
        | Ok receipt -> stay.Place <- receipt.Stream.Conversation
        | Error refusal -> failwith $"there is nowhere to talk: {refusal}"
    }

/// Plays it, and judges it: what was found, and how many requests it took.
let judgedAsync (place: Place) (deeds: Deed list) : Task<Findings * int> =
    task {
        let findings = Findings()
        let suffix = Guid.NewGuid().ToString("N").[..9]
        let names = Renaming.Names suffix

        let devices =
            people |> List.map (fun who -> Device(place, names, who, Palette.devices[0]))

        let stay = Stay(devices, suffix)

        try
            do! beginAsync stay

            for index, deed in List.indexed deeds do
                if findings.Wrongs.IsEmpty then
                    let! happened = doAsync findings stay deed
                    stay.Past <- stay.Past @ Option.toList happened
                    do! hearAsync findings stay happened
                    do! seeAsync findings stay
                    let all = "cid" :: PrivacyScenes.seekings
                    do! findAsync findings stay [ all[index % all.Length] ]

            if findings.Wrongs.IsEmpty then
                do! findAsync findings stay ("cid" :: PrivacyScenes.seekings)
                do! reachAsync findings stay

            return findings, stay.Count
        finally
            for device in devices do
                device.CloseAsync().Wait()
    }
