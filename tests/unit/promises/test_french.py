"""French promises in the present as readily as in the future, and says its days, hours and lengths in its own way."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.find import find_promises

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+01:00")
PACK = load("fr")


@pytest.mark.parametrize(
    ("reply", "due"),
    [
        ("Marc s'occupe de votre dossier demain.", "2026-11-25T17:00"),
        ("Votre vélo est prêt vendredi soir.", "2026-11-27T21:00"),
        ("Le coursier dépose le pli cet après-midi.", "2026-11-24T17:00"),
        ("Sonia vous transmet le devis avant midi.", "2026-11-24T12:00"),
        ("Vous avez ma réponse d'ici vendredi midi.", "2026-11-27T12:00"),
        ("Tu reçois le code dans cinq minutes.", "2026-11-24T10:20"),
        ("J'envoie quelqu'un jeudi matin.", "2026-11-26T12:00"),
        ("RDV confirmé mardi 1er décembre à 9h30.", "2026-12-01T09:30"),
        ("Vous souhaitiez lundi : c'est d'accord pour lundi à 10 h.", "2026-11-30T10:00"),
        ("Si vous le voulez bien, je vous rappelle demain à 14 h.", "2026-11-25T14:00"),
        ("Dans tous les cas, le colis part demain.", "2026-11-25T17:00"),
        ("Le rendez-vous de demain est décalé à jeudi 9 h.", "2026-11-26T09:00"),
        ("Même si la pluie tombe, le couvreur bâche votre toit et revient jeudi.", "2026-11-26T17:00"),
        ("Merci de patienter deux jours, le temps de vérifier.", "2026-11-26T17:00"),
        ("Le chauffage remarche d'ici 18 h.", "2026-11-24T18:00"),
        ("Le camion décharge à midi et demi.", "2026-11-24T12:30"),
        ("Nous passons demain à 9 heures précises.", "2026-11-25T09:00"),
        ("Nous passons jeudi entre midi et deux.", "2026-11-26T14:00"),
        ("Le plombier est chez vous dans l'heure.", "2026-11-24T11:15"),
        ("On vous vire la somme sous 24/48 h.", "2026-11-26T10:15"),
        ("Votre dossier sera traité sous 10 j ouvrés.", "2026-12-08T17:00"),
        ("Nous livrons vendredi prochain.", "2026-12-04T17:00"),
        ("On repasse lundi en huit.", "2026-12-07T17:00"),
        ("Vous l'aurez jeudi en quinze.", "2026-12-10T17:00"),
        ("L'offre de prêt part d'ici la fin du mois prochain.", "2026-12-31T17:00"),
        ("Nous livrons la semaine du 7 décembre.", "2026-12-13T23:59"),
        ("Nous revenons vers vous après le week-end.", "2026-11-30T17:00"),
        ("Le nouveau compteur est posé le mardi 8 décembre.", "2026-12-08T17:00"),
        ("On vous le dépose jeudi 14 h.", "2026-11-26T14:00"),
        ("Livraison mardi. Ah non attendez, mardi la tournée est pleine : ce sera mercredi.", "2026-11-25T17:00"),
        ("Ne tenez pas compte du 14 sur la lettre, c'est le 15.", "2026-12-15T17:00"),
        ("Qu'il pleuve ou non, le chapiteau est monté samedi midi.", "2026-11-28T12:00"),
        ("Vous n'avez rien à payer, l'avoir arrive lundi.", "2026-11-30T17:00"),
        ("On vous avait dit hier ; vous l'avez aujourd'hui, en main propre.", "2026-11-24T17:00"),
    ],
)
def test_what_we_say_we_do_is_promised(reply: str, due: str) -> None:
    (promise,) = find_promises(reply, at=TUESDAY, pack=PACK, country="FR")
    assert promise.due_end
    assert promise.due_end.isoformat()[:16] == due


@pytest.mark.parametrize(
    "reply",
    [
        "Il faut que vous nous renvoyiez le bon d'ici lundi.",
        "Vous devrez libérer le box avant dimanche.",
        "Prévoyez d'être là jeudi.",
        "Il me faudrait votre RIB d'ici demain.",
        "La boutique sera fermée lundi pour inventaire.",
        "Notre bureau ferme à 18 h le vendredi.",
        "On ne livre jamais le dimanche, et le samedi c'est jusqu'à midi.",
        "Votre abonnement arrive à échéance le 12 décembre.",
        "Votre commande est partie vendredi.",
        "Le technicien s'est présenté mardi à 9 h.",
        "Le virement vient d'être fait lundi.",
        "Votre avocat vous répondra lundi.",
        "Vos invités arrivent samedi, je comprends l'urgence.",
        "Avec un peu de chance, la pièce arrive jeudi.",
        "Nous aimerions que la route rouvre vendredi.",
        "Le rendez-vous de lundi tombe à l'eau.",
        "J'annule : la livraison de demain saute.",
        "Conformément à nos CGV, les demandes sont traitées sous 10 jours.",
        "Toute réclamation est traitée dans un délai de trente jours.",
        "Nous rembourserons la caution dans les dix jours qui suivent votre départ.",
        "La réunion a duré trois heures.",
        "L'équipe de nuit passe souvent.",
        "Votre message de jeudi est bien arrivé.",
        "Cela fait dix jours que vous attendez.",
        "Ma cheffe est en réunion jusqu'à 16 h.",
        "Nous retirons notre proposition pour lundi.",
        "Votre colis vous attend jusqu'à samedi au relais.",
        "Les encombrants sont ramassés le premier mardi du mois.",
        "À défaut de réponse sous huit jours, le dossier est classé.",
        "La plupart des commandes partent sous 48 h.",
        "Le gel est annoncé pour demain.",
    ],
)
def test_what_is_not_our_word_is_none(reply: str) -> None:
    assert find_promises(reply, at=TUESDAY, pack=PACK, country="FR") == []


@pytest.mark.parametrize(("country", "due"), [("CH", "2027-07-31"), ("FR", "2027-08-01")])
def test_a_national_day_is_a_feast_only_at_home(country: str, due: str) -> None:
    july = datetime.fromisoformat("2027-07-20T10:00:00+02:00")
    (promise,) = find_promises("Nous vous rendons l'auto avant le 1er août.", at=july, pack=PACK, country=country)
    assert promise.due_end
    assert promise.due_end.date().isoformat() == due
