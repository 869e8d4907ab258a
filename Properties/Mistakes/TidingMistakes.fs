/// What is told of the house, with one mistake each.
module Chat.Spec.Mistakes.TidingMistakes

open System
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.TidingLaws

let private right = TidingLaws.ours

let private telling (change: Tiding -> Tiding) : Tidings =
    { right with
        Write = change >> right.Write
    }

let private tellsAll =
    telling (fun tiding ->
        match tiding with
        | Changed(view, _) -> Changed(view, 0L)
        | other -> other)

let private forgetsTheDevice =
    telling (fun tiding ->
        match tiding with
        | Passed(room, by, device, _, data) -> Passed(room, by, device, None, data)
        | other -> other)

let private puttingOutIsLeaving =
    telling (fun tiding ->
        match tiding with
        | Gone(room, version, _) -> Gone(room, version, false)
        | other -> other)

let private buzzesAreWaves =
    telling (fun tiding ->
        match tiding with
        | Waved wave -> Waved(WaveAt(wave.By, wave.At, wave.Room, false))
        | other -> other)

let private everybodyIsInTheHall =
    telling (fun tiding ->
        match tiding with
        | Befriended friend -> Befriended(FriendHere(friend.Person, Whereabouts.Hall, Nullable()))
        | other -> other)

let private without name : Tidings =
    { right with
        Described = right.Described |> List.filter (fun form -> form.Name <> name)
    }

let private longer: Tidings =
    { right with
        Described =
            right.Described
            |> List.map (fun form -> Form(form.Name, form.Says, form.Fields.Add(Field("colour", Shape.Flag(), true))))
    }

let all: Mistake list =
    let some = lazy (Seeds.fixedSample 600 40 TidingLaws.any)
    let on name law mistaken = mistake name law some right mistaken

    [
        on "all that was said is told again" TidingLaws.told tellsAll
        on "a signal is for every device" TidingLaws.told forgetsTheDevice
        on "who was put out left" TidingLaws.told puttingOutIsLeaving
        on "a buzz is a wave" TidingLaws.told buzzesAreWaves
        on "everybody is in the hall" TidingLaws.told everybodyIsInTheHall
        on "a signal is not described" TidingLaws.described (without "room_signal")
        mistake "a field of the house that nobody tells" TidingLaws.exhaustive (lazy [ some.Value ]) right longer
    ]
