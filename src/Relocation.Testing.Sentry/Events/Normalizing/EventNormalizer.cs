using System.Text.Json.Nodes;

namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>Repairs an event's payload in place (event specification, section 3; addendum, E-4 to E-22).</summary>
internal static class EventNormalizer
{
    /// <summary>
    /// Repairs or drops what is wrong and fills in what is missing. What was wrong is said in <c>errors</c>: <c>type</c>, <c>name</c> (the path, with
    /// dots), <c>value</c> as it was, and what else there is to say.
    /// </summary>
    /// <param name="data">The payload; it is changed.</param>
    /// <param name="receipt">What is known besides.</param>
    /// <exception cref="EventRefusedException">The event begins before 1970, or is a transaction that lacks what every one has (E-8, E-9).</exception>
    internal static void Normalize(JsonObject data, EventReceipt receipt) => throw new NotImplementedException();
}
