/// What is on the sheet, as the oracle draws it.
module Chat.Spec.Oracle.Games.Drawing

open Chat.Domain.Games
open Chat.Domain.Games.QuickDraw

type private E = Chat.Domain.Games.QuickDraw.Event

/// The pieces on the sheet.
let sheet (happened: GameEvent list) =
    happened
    |> List.fold
        (fun (sheet: Stroke list) one ->
            match one with
            | :? E.Drawn as drawn -> drawn.Stroke :: sheet
            | :? E.Wiped -> []
            | :? E.Undone ->
                match sheet |> List.tryFindIndex (fun stroke -> not stroke.Goes) with
                | Some first -> List.skip (first + 1) sheet
                | None -> []
            | _ -> sheet)
        []

let isWithinBounds (stroke: Stroke) =
    stroke.Ink >= 0
    && stroke.Ink <= 31
    && stroke.Width >= 1
    && stroke.Width <= 255
    && stroke.Points.Count >= 1
    && stroke.Points.Count <= 64
    && stroke.Points
       |> Seq.forall (fun point -> point.X >= 0 && point.X <= 4_095 && point.Y >= 0 && point.Y <= 4_095)
