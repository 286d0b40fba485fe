namespace Relocation.Testing.Sentry.Events.Normalizing;

/// <summary>A step of Sentry's that is not done here.</summary>
/// <param name="Name">Its name, as somebody would ask for it.</param>
/// <param name="Reason">Why it is left out, as a sentence.</param>
internal sealed record LeftOutStep(string Name, string Reason);
