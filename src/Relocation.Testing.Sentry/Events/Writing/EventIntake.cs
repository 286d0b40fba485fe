using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Takes an event in: has it normalised, and reads what decides about its way (specification, sections 1 to 3).</summary>
internal sealed class EventIntake(EventSettings settings)
{
    private const int LongestId = 32;

    private const int LongestType = 32;

    private const int LongestAttachmentType = 64;

    /// <summary>The events so far: each is changed, and can be so once.</summary>
    private readonly HashSet<JsonObject> _taken = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="EventRefusedException">Nobody can store the event.</exception>
    internal EventJob Take(EventInput input, int index)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!_taken.Add(input.Data))
        {
            throw Errors.EventIsThereTwice(index);
        }

        if (input.Attachments.Any(attachment => EventTexts.LengthOf(attachment.Type) > LongestAttachmentType))
        {
            throw Errors.AttachmentTypeTooLong(LongestAttachmentType, index);
        }

        var now = settings.Now();
        try
        {
            if (!settings.Options.AssumeNormalized)
            {
                EventNormalizer.Normalize(input.Data, new EventReceipt
                {
                    Received = now,
                    ClientAddress = settings.Options.ClientAddress,
                    ProjectId = input.ProjectId,
                    FreshId = () => settings.Ids.Next(input.ProjectId, now, input.Data),
                });
            }

            return Read(input, now, index);
        }
        catch (EventRefusedException refusal) when (refusal.Index < 0)
        {
            throw Errors.EventAt(refusal, index);
        }
        catch (Exception exception) when (UnwritablePayload.MayExplain(exception) && UnwritablePayload.Of(input.Data, index) is { } refusal)
        {
            throw refusal;
        }
    }

    private static EventJob Read(EventInput input, DateTimeOffset now, int index)
    {
        var data = input.Data;
        var type = EventTexts.Text(data, "type") ?? "default";
        if (EventTexts.LengthOf(type) > LongestType)
        {
            throw Errors.EventTextTooLong("type", LongestType, index);
        }

        CheckKeyId(data, index);
        var time = Moments.Read(data["timestamp"]) ?? throw Errors.NoEventTime(index);
        if (type is "transaction" or "generic")
        {
            data["project"] = input.ProjectId;
        }

        return new EventJob
        {
            Index = index,
            Input = input,
            Now = now,
            EventId = EventTexts.Text(data, "event_id") is { Length: <= LongestId } id && RowCells.Storable(id) is { Length: > 0 } name ? name : throw Errors.NoEventId(index),
            Type = type,
            Time = time,
            Day = Moments.Day(time),
            Texts = EventTexts.Of(data, index),
        };
    }

    private static void CheckKeyId(JsonObject data, int index)
    {
        if (data["key_id"] is { } key
            && !(key is JsonValue value && (value.TryGetValue<long>(out _) || (value.TryGetValue<string>(out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out _)))))
        {
            throw Errors.NoKeyNumber(index);
        }
    }
}
