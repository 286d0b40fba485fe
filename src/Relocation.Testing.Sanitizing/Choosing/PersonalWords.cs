using System.Collections.Frozen;

namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>Names of fields that hold personal data: English, and the commonest German, French and Spanish ones.</summary>
/// <remarks>
/// The last words of a name say what it is: <c>billing_street</c> is a street, and <c>phone_model</c> is no phone. Words are written
/// together here, so that <c>first_name</c>, <c>FirstName</c> and <c>firstname</c> are one.
/// </remarks>
internal static class PersonalWords
{
    /// <summary>Names that are long enough to be found at the end of words that are written together, as in <c>customerfirstname</c>.</summary>
    private const int LongEnough = 8;

    private const int MostWords = 4;
    private const string City = "a town";
    private const string Address = "an address";

    /// <summary>Shorter ones that are found there, too, as in <c>lieferstrasse</c>.</summary>
    private static readonly FrozenSet<string> Endings = Set("adresse strasse vorname telefon");

    /// <summary>Words at the end that say which of several it is, and not what it is.</summary>
    private static readonly FrozenSet<string> Qualifiers = Set("""
        home work private business office personal mobile cell day evening night primary secondary main alternate alternative alt other
        old new current previous former original raw plain value text encrypted enc cipher ciphertext normalized normalised formatted
        internal external en de fr es us uk
        privat geschaeftlich dienstlich prive pro professionnel perso casa trabajo movil fijo particular
        """);

    private static readonly FrozenSet<string> AddressWords = Set("""
        address addresses addr residence adresse adressen anschrift rechnungsadresse lieferadresse rechnungsanschrift lieferanschrift direccion
        domicilio
        """);

    private static readonly FrozenSet<string> PurposeWords = Set("""
        billing shipping delivery mailing postal invoice residential home bill ship livraison facturation domicile envio facturacion
        """);

    private static readonly FrozenSet<string> PersonWords = Set("""
        person people user customer client employee staff worker member contact patient student pupil teacher author writer subscriber
        recipient sender receiver guest visitor passenger driver candidate applicant lead prospect owner holder landlord doctor nurse
        physician buyer seller player participant attendee speaker friend child parent father mother spouse voter citizen resident
        profile cardholder colleague manager consultant beneficiary payer payee borrower donor volunteer trainee tutor
        kunde kunden benutzer nutzer mitarbeiter mitglied kontakt schueler empfaenger ansprechpartner personne utilisateur employe membre
        salarie destinataire cliente usuario empleado persona miembro alumno paciente contacto
        """);

    /// <summary>Words of persons that are programs, pictures or gaps behind some words: an <c>oauth_client</c>, a <c>mediaplayer</c>, a <c>placeholder</c>.</summary>
    private static readonly FrozenSet<string> ToolWords = Set("client player profile holder");

    private static readonly FrozenSet<string> WordsOfTools = Set("""
        oauth auth oidc api http rest web mail smtp imap ftp sftp ssh sql db database redis grpc mqtt soap tcp udp s3 cloud thin thick
        media video audio music movie record flash color colour icc performance sampling build compile place
        """);

    private static readonly FrozenDictionary<string, PersonalTopic> Topics = MakeTopics();

    private static readonly string[] Long = [.. Topics.Where(topic => (topic.Key.Length >= LongEnough || Endings.Contains(topic.Key)) && topic.Value.Demands == TopicContext.Nothing).Select(topic => topic.Key)
        .OrderByDescending(name => name.Length)];

    /// <summary>What a name tells of the field's values, or null when it tells nothing.</summary>
    internal static PersonalTopic? TopicOf(List<string> words)
    {
        for (var end = words.Count; end > 0; end--)
        {
            if (LastOf(words, end) is { } topic)
            {
                return topic;
            }

            // What stands behind must not change what it is: a number, or which of several it is.
            if (!char.IsAsciiDigit(words[end - 1][0]) && !Qualifiers.Contains(words[end - 1]))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether words before a name, or of the object around it, say that it belongs to an address.</summary>
    internal static bool SayAddress(IEnumerable<string> words, TopicContext demands) =>
        words.Any(word => AddressWords.Contains(word) || (demands != TopicContext.Address && PurposeWords.Contains(word)));

    /// <summary>Whether words say that what they name is a person: the last one, in singular or plural.</summary>
    internal static bool SayPerson(List<string> words) => IsPersonAt(words, words.Count - 1);

    /// <summary>Whether words are the name of a postal address, as a model has it: the last one, in singular or plural.</summary>
    internal static bool AreAddress(List<string> words) => words.Count > 0 && (TopicOf(words) is { } topic
        ? AddressWords.Contains(words[^1]) && topic.What == Address
        : words[^1].EndsWith("address", StringComparison.Ordinal) || words[^1].EndsWith("addresses", StringComparison.Ordinal));

    private static bool IsPersonAt(List<string> words, int at) =>
        at >= 0 && IsPerson(words[at]) && !(at > 0 && IsTool(words[at - 1], words[at]));

    private static bool IsTool(string before, string word) =>
        WordsOfTools.Contains(before) && (ToolWords.Contains(word) || (word.EndsWith('s') && ToolWords.Contains(word[..^1])));

    private static bool IsPerson(string word)
    {
        if (PersonWords.Contains(word) || (word.EndsWith('s') && PersonWords.Contains(word[..^1])))
        {
            return true;
        }

        // Labels are written together: applicationuser, orderrecipient.
        var singular = word.EndsWith('s') ? word[..^1] : word;
        return singular.Length > 5 && PersonWords.Any(person => person.Length > 3 && singular.EndsWith(person, StringComparison.Ordinal) && !IsTool(singular[..^person.Length], person));
    }

    private static PersonalTopic? LastOf(List<string> words, int end)
    {
        var joined = string.Empty;
        PersonalTopic? found = null;
        for (var start = end - 1; start >= Math.Max(0, end - MostWords); start--)
        {
            joined = words[start] + joined;
            if (!Topics.TryGetValue(joined, out var topic))
            {
                continue;
            }

            // The longest name says most: an ip_address is no address. What stands before may say what is missing.
            found = topic.Demands == TopicContext.Nothing ? topic
                : IsOfAddress(topic) && SayAddress(words.Take(start), topic.Demands) ? topic with { Demands = TopicContext.Nothing }
                : start == 0 ? topic
                : OfPerson(topic, words, start);
            found = start == 0 && found is not null ? found with { IsWholeName = true } : found;
        }

        return found ?? OfEnd(words[end - 1]);
    }

    /// <summary>A name is a person's where the word before it is, and so is a town or a title: <c>customer_name</c>, but not <c>company_name</c>.</summary>
    private static PersonalTopic? OfPerson(PersonalTopic topic, List<string> words, int start)
    {
        var before = words[start - 1] == "to" && start > 1 ? start - 2 : start - 1;
        return topic.Demands == TopicContext.Person && (IsPersonAt(words, before) || (topic.Kind == SanitizeKind.Name && PurposeWords.Contains(words[before])))
            ? topic with { Demands = TopicContext.Nothing, IsOfPerson = true }
            : null;
    }

    /// <summary>What the end of words that are written together tells: <c>customerfirstname</c>, <c>kundenname</c>.</summary>
    private static PersonalTopic? OfEnd(string word) =>
        Array.Find(Long, name => word.EndsWith(name, StringComparison.Ordinal)) is { } last ? Topics[last]
        : word.EndsWith("name", StringComparison.Ordinal) && PersonWords.Contains(word[..^4]) ? Topics["personname"]
        : null;

    /// <summary>Towns are a part of addresses, and a field of persons.</summary>
    private static bool IsOfAddress(PersonalTopic topic) => topic.Demands is TopicContext.Address or TopicContext.AnyAddress || topic.What == City;

    private static FrozenDictionary<string, PersonalTopic> MakeTopics()
    {
        var topics = new Dictionary<string, PersonalTopic>(StringComparer.Ordinal);
        Add(new PersonalTopic(SanitizeKind.Name, "a person's name", IsOfPerson: true), """
            firstname lastname surname fullname givenname givennames familyname maidenname middlename middlenames forename forenames nickname
            preferredname birthname personname namefirst namelast namefull namemiddle realname secondname callname knownas
            vorname vornamen nachname familienname geburtsname rufname zuname vollname spitzname mittelname maedchenname
            prenom prenoms nomfamille nomdefamille nomcomplet nomnaissance nomdenaissance nomjeunefille nomdejeunefille surnom nomusage
            apellido apellidos apellidopaterno apellidomaterno primerapellido segundoapellido primernombre segundonombre nombrecompleto
            nombrepila nombredepila apodo
            """);
        Add(new PersonalTopic(SanitizeKind.Name, "a person's name", IsOfPerson: true, IsOfAnother: true), """
            nameoncard emergencycontact contactperson cardholder accountholder mothersmaidenname motherssurname addressee attn ownerfullname
            ansprechpartner kontaktperson kontoinhaber karteninhaber empfaengername liefername rechnungsname
            """);
        Add(new PersonalTopic(SanitizeKind.Name, "the name of who made it"), "author autor auteur verfasser");
        Add(new PersonalTopic(SanitizeKind.UserName, "who did something"), """
            createdby createdbyuser createdbyname updatedby updatedbyuser modifiedby lastmodifiedby lastupdatedby changedby lastchangedby editedby
            deletedby removedby approvedby reviewedby requestedby submittedby uploadedby assignedto reportedby insertedby addedby enteredby
            erstelltvon angelegtvon geaendertvon bearbeitetvon geloeschtvon creepar modifiepar creadopor modificadopor
            """);
        Add(new PersonalTopic(SanitizeKind.Name, "a name", TopicContext.Person), """
            name names displayname legalname recipient sender holder nom nombre nombres titular destinataire destinatario empfaenger
            """);
        Add(new PersonalTopic(SanitizeKind.Text, "a person's initials", IsOfPerson: true), "initials middleinitial initialen initiales iniciales");
        Add(new PersonalTopic(SanitizeKind.Text, "a title", TopicContext.Person), "title titel honorific jobtitle anrede civilite tratamiento");
        Add(new PersonalTopic(SanitizeKind.Email, "an e-mail address", IsOfPerson: true), """
            email emails emailaddress emailaddresses mail mailaddress emailaddr mailaddr emailid userprincipalname upn
            emailadresse mailadresse courriel adresseemail adressemail adressecourriel adresseelectronique
            correo correoelectronico direccioncorreo direccionemail
            """);
        Add(new PersonalTopic(SanitizeKind.Phone, "a phone number", IsOfPerson: true), """
            phone phones phonenumber phonenumbers phoneno phonenum phonenr telephone telephonenumber telephoneno tel telno telnumber telnr
            mobile mobilenumber mobileno mobilephone cell cellphone cellnumber cellno fax faxnumber faxno landline pager whatsapp msisdn
            contactnumber
            telefon telefonnummer telefonnr handy handynummer handynr mobil mobilnummer mobiltelefon festnetz festnetznummer faxnummer
            rufnummer telefax
            numerotelephone numerodetelephone numtelephone numtel telportable telephoneportable telfixe telephonefixe telecopie
            telefono telefonos numerotelefono numerodetelefono numtelefono movil celular telefonomovil numeromovil
            """);
        Add(new PersonalTopic(SanitizeKind.Text, Address, IsOfPerson: true), """
            rechnungsadresse lieferadresse rechnungsanschrift lieferanschrift adressen
            address addresses addr street streetname streetaddress addressline addressee streetline streetnumber streetno housenumber housenr
            houseno housename apartment apartmentnumber apt aptnumber aptno flatnumber pobox postbox residence
            strasse strassenname hausnummer hausnr adresse anschrift adresszusatz postfach
            rue voie numerorue numerovoie numrue complementadresse adresseligne
            calle direccion domicilio numerocalle
            """);
        Add(new PersonalTopic(SanitizeKind.Text, "a part of an address", TopicContext.Address), """
            line number no floor unit building extra supplement nummer zusatz numero numeroexterior numerointerior colonia ligne linea
            """);
        Add(new PersonalTopic(SanitizeKind.Text, "a part of an address", TopicContext.AnyAddress), "state province region district county bundesland provincia");
        Add(new PersonalTopic(SanitizeKind.Text, "a postal code", IsOfPerson: true), """
            lieferplz rechnungsplz postalcode postcode zip zipcode postal zippostal eircode plz postleitzahl codepostal codigopostal
            """);
        Add(new PersonalTopic(SanitizeKind.Text, City, TopicContext.Person), """
            city town suburb locality municipality village cityname townname hometown
            ort stadt gemeinde wohnort ville commune localite ciudad localidad poblacion municipio
            """);
        Add(new PersonalTopic(SanitizeKind.Text, City, IsOfPerson: true), "lieferort lieferstadt rechnungsort rechnungsstadt");
        Add(new PersonalTopic(SanitizeKind.Date, "a date of birth", IsOfPerson: true), """
            birthdate dateofbirth dob birthday bdate born bornon bornat birth birthdt
            geburtsdatum geburtstag gebdatum gebdat geboren geborenam datenaissance datedenaissance naissance neele
            fechanacimiento fechadenacimiento nacimiento cumpleanos
            """);
        Add(new PersonalTopic(SanitizeKind.Text, "a place of birth", IsOfPerson: true), """
            birthplace placeofbirth birthcity birthtown cityofbirth geburtsort lieunaissance lieudenaissance lugarnacimiento lugardenacimiento
            """);
        Add(new PersonalTopic(SanitizeKind.Iban, "a bank account", IsOfPerson: true), "iban ibannumber ibannummer ibanno");
        Add(new PersonalTopic(SanitizeKind.Text, "a bank account", IsOfPerson: true), """
            bic biccode swift swiftcode swiftbic accountnumber accountno accountnum acctno acctnumber bankaccount bankaccountnumber
            bankaccountno sortcode routingnumber bsb bankcode banksortcode
            kontonummer kontonr bankleitzahl blz bankverbindung numerocompte numerodecompte numcompte comptebancaire rib codebanque
            cuentabancaria numerocuenta numerodecuenta numcuenta clabe cbu
            """);
        Add(new PersonalTopic(SanitizeKind.CardNumber, "the number of a card", IsOfPerson: true), """
            cardnumber cardno cardnum creditcard creditcardnumber creditcardno ccnumber ccnum ccno debitcard debitcardnumber pan
            kreditkarte kreditkartennummer kartennummer numerocarte numerodecarte cartebancaire numerotarjeta numerodetarjeta
            tarjetacredito tarjetadecredito
            """);
        Add(new PersonalTopic(SanitizeKind.Text, "a card's check number", IsOfDigits: true), """
            cvv cvv2 cvc cvc2 csc cvn cardsecuritycode cardcode cardverificationcode kartenpruefnummer cryptogramme
            last4 lastfour cardlast4 cardlastfour last4digits lastfourdigits
            """);
        Add(new PersonalTopic(SanitizeKind.CardExpiry, "a card's expiry"), """
            cardexpiry cardexpirydate cardexpiration cardexpirationdate cardexp cardexpires cardvalidto cardvalidthru ccexpiry ccexp
            ccexpiration creditcardexpiry creditcardexpiration validthru
            """);
        Add(new PersonalTopic(SanitizeKind.CardExpiry, "a card's expiry", TopicContext.Card), "expiry expirydate expiration expirationdate expires exp validto");
        Add(new PersonalTopic(SanitizeKind.Text, "a number of an authority", IsOfPerson: true), """
            ssn socialsecuritynumber socialsecurityno socialsecurity socialinsurancenumber sin nationalid nationalidnumber nationalinsurance
            nationalinsurancenumber nino nhsnumber taxid taxidnumber taxidentifier taxnumber taxno taxpayerid tin ein itin vat vatid vatnumber
            vatno vatregistrationnumber passport passportnumber passportno idcard idcardnumber identitycard identitycardnumber identitynumber
            identitydocument driverlicense driverslicense driverlicence driverslicence drivinglicense drivinglicence driverlicensenumber
            driverslicensenumber drivinglicencenumber drivinglicensenumber driverlicencenumber driverslicencenumber licencenumber
            licensenumber personalnumber personalid healthinsurancenumber insurancenumber medicalrecordnumber mrn
            steuernummer steuernr steuerid steueridnr steueridentifikationsnummer ustid ustidnr umsatzsteuerid umsatzsteueridentifikationsnummer
            sozialversicherungsnummer svnr versichertennummer krankenversicherungsnummer personalausweis personalausweisnummer ausweisnummer
            reisepass reisepassnummer passnummer fuehrerschein fuehrerscheinnummer
            numerosecuritesociale numerodesecuritesociale securitesociale numsecu nss nir numerofiscal numerotva passeport numeropasseport
            carteidentite cartedidentite permisconduire permisdeconduire
            nif nie dni cif curp rfc cedula pasaporte numeropasaporte seguridadsocial numeroseguridadsocial licenciaconducir codicefiscale
            fiscalcode cpf bsn pesel
            """);
        Add(new PersonalTopic(SanitizeKind.UserName, "a user name", IsOfPerson: true), """
            username userlogin login loginname loginid logon logonname screenname accountname useraccount samaccountname userhandle
            skype skypename skypeid twitter twitterhandle instagram facebook linkedin telegram discord
            benutzername anmeldename nutzername nomutilisateur nomdutilisateur identifiant pseudo pseudonyme usuario nombreusuario
            nombredeusuario
            """);
        Add(new PersonalTopic(SanitizeKind.UserName, "a user name", TopicContext.Person), "handle");
        Add(new PersonalTopic(SanitizeKind.Text, "a secret", IsOfDigits: true), """
            pin pincode passcode otp verificationcode activationcode confirmationcode resetcode recoverycode recoverycodes backupcode backupcodes
            """);
        Add(new PersonalTopic(SanitizeKind.Text, "a secret"), """
            pwd passwd passphrase pinhash salt passwordhash pwdhash hashedpassword securitystamp concurrencystamp apikey
            accesskey privatekey secretkey clientsecret otpkey totp totpkey mfakey authenticatorkey securityanswer
            securityquestion sessionkey sessionid authcode authkey activationkey confirmationkey resetkey csrf cookie cookies jwt bearer credential credentials
            credentialid signingkey encryptionkey sshkey providerkey
            kennwort passwort geheimnis motdepasse mdp contrasena clavesecreta
            """);
        Add(new PersonalTopic(SanitizeKind.IpAddress, "an IP address"), """
            ip ips ipaddress ipaddresses ipaddr ipv4 ipv6 ip4 ip6 remoteaddr remoteaddress ipadresse adresseip direccionip
            """);
        Add(new PersonalTopic(SanitizeKind.MacAddress, "a MAC address"), """
            mac macaddress macaddr hwaddress hardwareaddress macadresse adressemac direccionmac
            """);
        Add(new PersonalTopic(SanitizeKind.Url, "an address on the web"), "webaddress webadresse homepage website webseite siteweb sitioweb");
        Add(new PersonalTopic(SanitizeKind.Coordinate, "a coordinate"), """
            latitude longitude lat lng lon latlng latlong latlon coordinates coordinate coords geolocation geopoint geolat geolng geolon
            geolong gps gpsposition gpslat gpslng breitengrad laengengrad koordinaten coordonnees latitud longitud coordenadas
            """);
        Add(new PersonalTopic(SanitizeKind.Text, "free text"), """
            note notes comment comments bio biography about aboutme message messages remark remarks memo feedback freetext
            notiz notizen bemerkung bemerkungen anmerkung anmerkungen kommentar kommentare nachricht mitteilung freitext
            remarque remarques commentaire commentaires nota notas comentario comentarios observacion observaciones mensaje
            """);
        Add(new PersonalTopic(SanitizeKind.Binary, "a picture or print of a person", TopicContext.Person), """
            photo picture avatar portrait image fingerprint signature facescan irisscan thumbnail foto bild unterschrift firma
            """);
        return topics.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(PersonalTopic topic, string names)
        {
            foreach (var name in Split(names))
            {
                topics.TryAdd(name, topic);
            }
        }
    }

    private static FrozenSet<string> Set(string words) => Split(words).ToFrozenSet(StringComparer.Ordinal);

    private static string[] Split(string words) => words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
