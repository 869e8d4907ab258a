using System.Text.Json.Nodes;

namespace Chat.Protocol.Wire;

/// <summary>Forms as JSON Schema; what it has no words for stands under names that begin with <c>x-</c>.</summary>
internal static class Schemas
{
    /// <summary>Every form that another names.</summary>
    public static JsonObject All()
    {
        var schemas = new JsonObject();
        foreach (var form in Verbs.All.Select(verb => verb.Ok).OfType<Form>().Append(Forms.Refused))
            Add(schemas, form);
        schemas[Forms.Refused.Name]!["x-codes"] = Codes();
        return schemas;
    }

    public static JsonObject RefTo(Form form) => new() { ["$ref"] = $"#/components/schemas/{form.Name}" };

    public static JsonObject OfOne(string name, JsonObject schema) =>
        new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [name] = schema },
            ["required"] = new JsonArray(name),
        };

    public static JsonObject OfFields(Listing<Field> fields)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in fields)
        {
            properties[field.Name] = Of(field.Shape);
            if (!field.IsOptional)
                required.Add(field.Name);
        }
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required;
        return schema;
    }

    // An event's name is its type's; a schema's must be told from the others.
    private static void Add(JsonObject schemas, Form form)
    {
        if (schemas.ContainsKey(form.Name))
            return;
        schemas[form.Name] = null;
        foreach (var field in form.Fields)
        foreach (var inner in Inner(field.Shape).Where(inner => !EventForms.All.Contains(inner)))
            Add(schemas, inner);
        var schema = OfFields(form.Fields);
        schema["description"] = form.Says;
        schemas[form.Name] = schema;
    }

    private static Listing<Form> Inner(Shape shape) =>
        shape switch
        {
            Shape.Inner inner => inner.Forms,
            Shape.Many many => Inner(many.Of),
            _ => [],
        };

    private static JsonObject Of(Shape shape) =>
        shape switch
        {
            Shape.Text text => new()
            {
                ["type"] = "string",
                ["minLength"] = text.MayBeBlank ? 0 : 1,
                ["maxLength"] = text.MaxBytes,
                ["x-max-bytes"] = text.MaxBytes,
            },
            Shape.Opaque opaque => new() { ["type"] = "string", ["maxLength"] = opaque.MaxLength },
            Shape.Media => new()
            {
                ["type"] = "string",
                ["maxLength"] = MediaType.MaxLength,
                ["pattern"] = "^[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$",
            },
            Shape.Token => new() { ["type"] = "string", ["pattern"] = "^[A-Za-z0-9_-]{1,64}$" },
            Shape.Whole whole => new()
            {
                ["type"] = "integer",
                ["minimum"] = whole.Least,
                ["maximum"] = whole.Most,
            },
            Shape.Flag => new() { ["type"] = "boolean" },
            Shape.Time => new()
            {
                ["type"] = "string",
                ["format"] = "date-time",
                ["x-msgpack"] = "timestamp extension",
            },
            Shape.Word { Words: [var only] } => new() { ["const"] = only },
            Shape.Word word => new()
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. word.Words.Select(one => JsonValue.Create(one))]),
            },
            Shape.Many many => new()
            {
                ["type"] = "array",
                ["items"] = Of(many.Of),
                ["maxItems"] = many.Most,
            },
            Shape.Pair pair => new() { ["type"] = "array", ["items"] = new JsonArray(Of(pair.First), Of(pair.Second)) },
            Shape.Played => new() { ["type"] = "object", ["x-of"] = "as the games have it, see games.md" },
            Shape.OfVerb => new() { ["type"] = "object", ["x-of"] = "the fields of that verb, less client_id" },
            Shape.Inner { Forms: [var only] } => RefTo(only),
            Shape.Inner inner => new() { ["oneOf"] = new JsonArray([.. inner.Forms.Select(form => Place(form))]) },
        };

    private static JsonObject Place(Form form) =>
        EventForms.All.Contains(form)
            ? new() { ["$ref"] = $"#/components/messages/event.{form.Name}/payload" }
            : RefTo(form);

    private static JsonObject Codes()
    {
        var codes = new JsonObject();
        foreach (var (code, says) in Refusals.All)
            codes[code] = says;
        return codes;
    }
}
