namespace Relocation.Testing;

/// <summary>Where a relocation's file comes from (docs/sentry-import.md, section 10.1). The numbers are those in the database.</summary>
public enum RelocationProvenance
{
    /// <summary>From another instance. Imported users are new, under free names.</summary>
    SelfHosted = 0,

    /// <summary>From another cell of the same service: users whose names exist are merged.</summary>
    SaasToSaas = 1,
}
