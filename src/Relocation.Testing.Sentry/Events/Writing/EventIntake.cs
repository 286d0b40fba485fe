using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Events.Normalizing;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Takes an event in: has it normalised, and reads what decides about its way (docs/events.md, What is repaired).</summary>
internal sealed class EventIntake(EventSettings settings)
{
    private const int LongestId = 32;

    private const int LongestType = 32;

    private const int LongestAttachmentType = 64;

    /// <summary>Takes the events of a batch in as if one after another.</summary>
    /// <exception cref="EventRefusedException">Nobody can store one of the events; of several the first is told of.</exception>
    internal EventJob[] TakeAll(IReadOnlyList<EventInput> events)
    {
        var (sound, refusal) = FirstUnsound(events);
        var firstNumber = settings.Ids.Reserve(events.Count);
        var moments = new DateTimeOffset[sound];
        for (var i = 0; i < sound; i++)
        {
            moments[i] = settings.Now();
        }

        var jobs = new EventJob[events.Count];
        EachEvent.Do(sound, EachEvent.AreIndependent(events), at => jobs[at] = Take(events[at], at, moments[at], firstNumber + at));
        return refusal is null ? jobs : throw refusal;
    }

    /// <summary>Takes one event in.</summary>
    /// <exception cref="EventRefusedException">Nobody can store the event.</exception>
    internal EventJob Take(EventInput input, int index) => Take(input, index, settings.Now(), settings.Ids.Reserve(1));

    /// <summary>How many events come before the first that cannot be taken whatever it holds, and what to say of that one.</summary>
    private static (int Sound, Exception? Refusal) FirstUnsound(IReadOnlyList<EventInput> events)
    {
        // Each event is changed, and can be so once.
        var taken = new HashSet<JsonObject>(events.Count, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not { } input)
            {
                return (i, new ArgumentNullException(nameof(events)));
            }

            if (!taken.Add(input.Data))
            {
                return (i, Errors.EventIsThereTwice(i));
            }
        }

        return (events.Count, null);
    }

    private EventJob Take(EventInput input, int index, DateTimeOffset now, long number)
    {
        if (input.Attachments.Any(attachment => EventTexts.LengthOf(attachment.Type) > LongestAttachmentType))
        {
            throw Errors.AttachmentTypeTooLong(LongestAttachmentType, index);
        }

        try
        {
            if (!settings.Options.AssumeNormalized)
            {
                EventNormalizer.Normalize(input.Data, new EventReceipt
                {
                    Received = now,
                    ClientAddress = settings.Options.ClientAddress,
                    ProjectId = input.ProjectId,
                    FreshId = () => settings.Ids.Make(number, input.ProjectId, now, input.Data),
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
