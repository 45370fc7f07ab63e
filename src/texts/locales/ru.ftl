# The language's own name, for the list of languages
language-name = Русский

## Greeting and help

start = 👋 <b>Здравствуйте, { $name }!</b>

    Пришлите фото товара и выберите стиль: вы получите снимки, готовые для маркетплейса.

    { $credits ->
        [0] Кредитов не осталось.
        [one] Уже сейчас можно сделать <b>{ $credits } снимок</b>.
        [few] Уже сейчас можно сделать <b>{ $credits } снимка</b>.
       *[many] Уже сейчас можно сделать <b>{ $credits } снимков</b>.
    }
start-sample = 📷 Лучше всего подходят простой фон и дневной свет. Фото, отправленное файлом, будет чётче.
help = <b>Как это работает</b>

    1. Пришлите фото товара или несколько его видов одним альбомом.
    2. Выберите до четырёх стилей и формат.
    3. Нажмите <b>Создать</b>. Один снимок стоит один кредит.
    4. Пишите своими словами: на карточке это ваш стиль, под снимком – что изменить. Можно ответить на любой снимок.

    Форма, цвета и этикетка товара должны остаться прежними. Если снимок не подошёл, нажмите <b>Не то</b>, и кредит вернётся. Что не получилось, то не списывается.

    /styles – все стили и ваши сохранённые
    /history – ваши снимки
    /balance – ваши кредиты
    /settings – язык
    /cancel – остановить работу
unknown-message = Пришлите фото товара, и я предложу для него стили. Как это работает: /help
unknown-file = Я понимаю фотографии: JPEG, PNG, WebP, HEIC, TIFF, BMP или GIF. Пришлите товар как фото или таким файлом.
words-too-little = 🙂 Напишите в нескольких словах, как должно быть или что изменить: «на мраморном столе», «темнее, без цветов».
words-payment = 💳 Этот заказ ждёт оплаты: карточка выше. <b>‹ Назад</b> на ней вернёт к стилям.
words-state = Когда всё придёт, напишите, что изменить, или ответьте на снимок.
private-only = Я работаю в личном чате: откройте его и пришлите фото там.

## Commands (Telegram’s menu)

command-start = Начать
command-help = Как это работает
command-styles = Стили
command-balance = Ваши кредиты
command-history = Ваши снимки
command-cancel = Остановить работу
command-settings = Настройки
command-language = Язык
command-admin-stats = Статистика
bot-description = Пришлите простое фото товара и получите стильные снимки, готовые для маркетплейса. Первые – бесплатно.
bot-short-description = Фото товаров, готовые для маркетплейса

## The card of a draft

card-received = { $photos ->
        [one] 📷 <b>Фото получено.</b> Смотрю на ваш товар…
        [few] 📷 <b>Получено { $photos } фото.</b> Смотрю на ваш товар…
       *[many] 📷 <b>Получено { $photos } фото.</b> Смотрю на ваш товар…
    }
card-purpose = 📷 Это для поддержки или новый товар?
button-for-support = Для поддержки
button-new-product = Новый товар
card-too-many-photos = Из альбома я беру первые { $max } фото.
card-product = 🏷 <b>{ $name }</b>
card-product-kind = 🏷 <b>{ $name }</b> · { $kind }
card-note = 📝 Ваша заметка: { $note }
card-words = ✍️ «{ $words }»
card-count = 🖼 { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    }
card-name = 🏷 <b>Что это?</b> Напишите название товара одним сообщением, до { $max } знаков.
card-no-product = 🤔 Не уверен, что на фото есть товар. Можно продолжить или прислать другое фото.
card-views = 🖼 { $photos } фото одного товара
card-different = 🧩 Похоже, на фото разные товары. Сделать фотосессию для каждого? Если создавать вместе, все фото считаются видами одного товара.
card-recommended = 📐 Лучший формат: { $ratio }
card-format = 📐 Формат: { $ratio }
card-choose = 🎨 Выберите до { $max } стилей
card-chosen = 🎨 { $styles }
card-describe = ✍️ <b>Опишите свой стиль</b> одним сообщением, { $min }–{ $max } знаков. Например: «на деревянном столе у окна, осенние листья, тёплый вечерний свет».
card-expired = ⌛ Эта карточка устарела. Пришлите фото или напишите правку ещё раз.
card-dropped = Это фото убрано. Пришлите другое, когда захотите.
button-catalogue = Все стили
button-surprise = Удиви меня
button-describe = Моя идея
button-name = 🏷 Назвать товар
button-rename = 🏷 Не «{ $name }»?
button-picture = Снимок { $position }
button-back = ‹ Назад
button-count = { $pictures } фото
button-create = Создать { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    } · { $credits ->
        [0] бесплатно
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-split = 🧩 { $photos ->
        [one] { $photos } отдельная фотосессия
        [few] { $photos } отдельные фотосессии
       *[many] { $photos } отдельных фотосессий
    }
button-create-none = Сначала выберите стиль
button-chosen = ✓ { $title }
catalogue-title = 🎨 <b>Все стили.</b> Выберите до { $max } и вернитесь назад.
catalogue-presets = Сначала – ваши сохранённые.
own-style-title = Моя идея
surprise-title = Сюрприз: { $title }

## House styles

style-white = Белый фон
style-marble = Утренний мрамор
style-oak = Дуб и тени
style-podium = Пастель
style-dark = Тёмный премиум
style-linen = Мягкий лён
style-concrete = Бетонный лофт
style-kitchen = Солнечная кухня
style-beach = Пляж
style-autumn = Осенние листья
style-festive = Праздник
style-water = Свежая вода
style-terracotta = Терракота
style-neon = Неоновая ночь
style-botanical = Зелёная листва
style-books = Уютный дом

## While it works

status-queued = ⏳ <b>В очереди.</b> Ваше место: { $place }.
status-queued-next = ⏳ <b>Ваш заказ следующий.</b>
status-preparing = 📸 <b>Готовлю ваше фото…</b>
status-making = 🎨 <b>Делаю снимок { $done } из { $total }…</b>
status-remaining = Осталось около { $seconds ->
        [one] { $seconds } секунды
       *[many] { $seconds } секунд
    }.
status-converting = 🖼 <b>Последние штрихи…</b>
status-sending = 📤 <b>Отправляю…</b>
status-provider-busy = 😮‍💨 <b>Студия занята.</b> Ваше место сохранено, я продолжу сам. Кредит спишется, только когда снимок придёт.
status-stopping = ✋ Останавливаю… Готовые снимки всё же придут.
status-cancelled = { $credits ->
        [0] ✋ <b>Отменено.</b> Ничего не списано.
        [one] ✋ <b>Отменено.</b> Вернулся { $credits } кредит.
        [few] ✋ <b>Отменено.</b> Вернулись { $credits } кредита.
       *[many] ✋ <b>Отменено.</b> Вернулись { $credits } кредитов.
    }
button-cancel = Отменить

## The result

result-title = ✨ <b>{ $name }</b>
result-ready = { $delivered ->
        [one] Готов { $delivered } снимок.
        [few] Готовы { $delivered } снимка.
       *[many] Готовы { $delivered } снимков.
    }
result-cancelled = { $delivered ->
        [0] ✋ Отменено до первого готового снимка.
        [one] ✋ Отменено. { $delivered } снимок уже был готов.
        [few] ✋ Отменено. { $delivered } снимка уже были готовы.
       *[many] ✋ Отменено. { $delivered } снимков уже были готовы.
    }
result-failed = 😔 <b>Не удалось сделать ни одного снимка.</b>
result-unclaimed = 🌙 <b>Пока вас не было, этот заказ не удалось доставить.</b>
result-credits = { $used ->
        [0] Ничего не списано.
        [one] Списан { $used } кредит.
        [few] Списано { $used } кредита.
       *[many] Списано { $used } кредитов.
    } { $left ->
        [0] Кредитов больше нет.
       *[many] Осталось: { $left }.
    }
result-released = { $released ->
        [one] { $released } снимок не получился, его кредит вернулся.
        [few] { $released } снимка не получились, их кредиты вернулись.
       *[many] { $released } снимков не получились, их кредиты вернулись.
    }
result-repaid = { $repaid ->
        [one] Из них { $repaid } кредит пошёл в счёт возврата: деньги за него вам уже вернули.
        [few] Из них { $repaid } кредита пошли в счёт возврата: деньги за них вам уже вернули.
       *[many] Из них { $repaid } кредитов пошли в счёт возврата: деньги за них вам уже вернули.
    }
result-repeat = Возможно, этот альбом уже пришёл: меня прервали во время отправки. Списан он один раз.
result-product = ваш товар
button-originals = Оригиналы (PNG)
button-again = Ещё раз · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-change = ✏️ Изменить
button-more = Ещё такой же · { $credits ->
        [0] бесплатно
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-likes = Ещё такой же
button-undo = ↩️ Прежний снимок
button-leave = Оставить как есть
truth-same = ✅ Можно на главное фото: форма и цвета как на вашем. Этикетку прочтите сами.
truth-same-of = ✅ Можно на главное фото: { $pictures }. Форма и цвета как на вашем, этикетки прочтите сами.
truth-drifted = 🔎 Для галереи: { $reasons }.
truth-drifted-of = 🔎 { $position } – для галереи: { $reasons }.
truth-colour = цвет не как на вашем фото
truth-proportions = пропорции не как на вашем фото
truth-doubled = товар на снимке дважды
truth-part = часть товара закрыта или пропала
truth-free = Исправить его можно без кредита.
result-change = ✍️ Напишите, что изменить, или ответьте на снимок.
change-ask = ✏️ <b>Что изменить?</b> Напишите одним сообщением, например: «стол темнее, без цветов». Цену вы увидите до того, как я начну.
likes-which = Какой? Новый снимок будет в его стиле.
likes-picture = Как { $position } · { $credits ->
        [0] бесплатно
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
correction-title = ✏️ <b>Изменить снимок</b>
correction-hint = Товар останется как на фото. Другие слова? Просто напишите их.
correction-style = Моя правка
correction-left = Оставлено как есть. Ничего не списано.
correction-before = Было
correction-after = Стало: «{ $words }»
undo-done = ↩️ <b>Прежний снимок.</b> Ничего не списано, изменённый остаётся выше.
button-restyle = Другой стиль
button-save = Сохранить стиль
button-not-right = Не то
originals-caption = Полный размер без потери качества: можно загружать.
originals-gone = Срок хранения этих оригиналов закончился. Альбом выше остаётся у вас.
original-file-name = снимок
album-style = { $style }
save-done = { $saved ->
        [0] Эти стили уже сохранены.
        [one] Сохранено. Ищите в «Все стили».
        [few] Сохранено { $saved } стиля. Ищите в «Все стили».
       *[many] Сохранено { $saved } стилей. Ищите в «Все стили».
    }
again-placed = Уже делаю!
not-right-which = Какой снимок не получился?
not-right-picture = Снимок { $position }
not-right-done = 💚 Простите. <b>1 кредит вернулся.</b> Что было не так?
not-right-repaid = 💚 Простите. Деньги за этот снимок вам уже вернули, поэтому кредита к возврату нет. Что было не так?
give-back-rule = { $perDay ->
        [one] Кредит за первый { $perDay } неудачный снимок возвращается всегда, дальше до { $percent } % всех ваших снимков, не больше { $perDay } в день.
        [few] Кредиты за первые { $perDay } неудачных снимка возвращаются всегда, дальше до { $percent } % всех ваших снимков, не больше { $perDay } в день.
       *[many] Кредиты за первые { $perDay } неудачных снимков возвращаются всегда, дальше до { $percent } % всех ваших снимков, не больше { $perDay } в день.
    }
give-back-none = О возврате кредитов напишите: /support.
give-back-refused = Если и этот снимок не удался, напишите нам: его посмотрит человек.
not-right-thanks = Спасибо! Это поможет сделать следующие лучше.
reason-label = Изменилась этикетка или текст
reason-shape = Товар выглядит иначе
reason-look = Не в моём вкусе
reason-other = Что-то другое

## Why there is no picture

failure-provider-refused = Правила безопасности студии не разрешают этот снимок. Попробуйте другое фото или стиль.
failure-provider-rejected = Студия не смогла сделать этот снимок. Другое фото или стиль могут подойти.
failure-provider-unavailable = Студия слишком долго была недоступна.
failure-file-gone = У Telegram больше нет этого фото. Пришлите его ещё раз.
failure-unexpected = Что-то пошло не так на моей стороне.
failure-unclaimed = Он ждал вас сколько мог, и его кредиты вернулись. «Ещё раз» сделает снимки заново.
failure-image-unreadable = Не могу прочитать это фото. Пришлите, пожалуйста, другое.

## Balance, history, styles, settings

balance = 💎 У вас <b>{ $credits ->
        [0] нет кредитов
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }</b>. Один кредит – один снимок.
balance-reserved = Ещё { $reserved ->
        [one] { $reserved } отложен
        [few] { $reserved } отложены
       *[many] { $reserved } отложены
    } для снимков в работе.
history-empty = Снимков пока нет. Пришлите фото товара!
history-title = 🗂 <b>Ваши снимки</b>
history-entry = { $date } · { $name } · { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    }
history-page = Страница { $page } из { $pages }
history-caption = { $name }
button-newer = ‹ Новее
button-older = Старее ›
styles-title = 🎨 <b>Стили</b>

    Пришлите фото, и вы сможете выбрать любой из них:
styles-saved = <b>Ваши сохранённые стили</b>
styles-forget-hint = Нажмите на сохранённый стиль, чтобы удалить его.
styles-forgotten = Удалено.
button-forget = 🗑 { $title }
settings-title = ⚙️ <b>Настройки</b>

    Язык: { $language }
button-language = Язык
language-title = 🌍 Выберите язык:
language-done = Теперь я говорю по-русски.
menu-history = Ваши снимки
menu-styles = Стили
menu-help = Как это работает
menu-settings = Настройки

## Answers to taps and errors

cancel-nothing = Останавливать нечего.
cancel-too-late = Уже готово.
cancel-stopping = Останавливаю…
error-not-found = Этого я больше не нахожу.
error-draft-expired = Эта карточка устарела. Пришлите фото или напишите правку ещё раз.
error-already-placed = Это уже делается.
error-no-style-chosen = Сначала выберите стиль.
error-too-many-styles = Можно до { $max } стилей. Сначала снимите один.
error-style-text-length = В описании должно быть { $min }–{ $max } знаков, у вас { $length }.
error-name-length = В названии может быть до { $max } знаков, у вас { $length }.
error-too-few-pictures = { $chosen ->
        [one] Выбран { $chosen } стиль.
        [few] Выбрано { $chosen } стиля: у каждого будет снимок. Сначала снимите один.
       *[many] Выбрано { $chosen } стилей: у каждого будет снимок. Сначала снимите один.
    }
error-not-enough-credits = { $available ->
        [0] Кредитов не осталось, а нужно: { $needed }.
        [one] У вас { $available } кредит, а нужно: { $needed }.
        [few] У вас { $available } кредита, а нужно: { $needed }.
       *[many] У вас { $available } кредитов, а нужно: { $needed }.
    }
error-give-back-quota = { $perDay ->
        [one] Вернуть можно { $perDay } снимок в день, на сегодня это всё.
        [few] Вернуть можно до { $perDay } снимков в день, на сегодня это всё.
       *[many] Вернуть можно до { $perDay } снимков в день, на сегодня это всё.
    }
error-give-back-share = { $perDay ->
        [one] Сверх { $perDay } возврата
       *[many] Сверх { $perDay } возвратов
    } можно вернуть до { $percent } % ваших снимков, и столько уже возвращено.
error-already-given-back = Кредит за этот снимок уже вернулся.
error-too-many-photos = До { $max } фото одного товара.
error-too-many-saved-styles = Хранится до { $max } стилей. Сначала удалите один в /styles.
error-sku-form = В артикуле до { $max } букв, цифр, точек, дефисов или подчёркиваний, без пробелов. Пришлите его ещё раз.
error-no-channel-chosen = Сначала выберите хотя бы одну площадку.
error-pack-under-way = Эти файлы уже готовятся. Ещё минутку.
error-image-unreadable = Не могу прочитать файл: похоже, он повреждён. Пришлите, пожалуйста, другое фото.
error-image-kind-unsupported = Я понимаю фотографии: JPEG, PNG, WebP, HEIC, TIFF, BMP или GIF. Это что-то другое.
error-image-too-large = Снимок слишком большой. Пришлите до 20 МБ и 50 мегапикселей.
error-image-too-small = Снимок слишком мал для хорошего результата. Нужно хотя бы 100 пикселей по каждой стороне.
error-image-too-narrow = Это очень длинная полоса: одна сторона больше другой в 20 с лишним раз. Обрежьте снимок до товара.
error-image-too-heavy = На снимок такого вида и размера мне не хватает памяти. Пришлите его как JPEG или поменьше.
error-imaging-busy = Сейчас много работы. Я продолжу сам.
error-file-too-large = Telegram даёт мне открыть файлы до 20 МБ. Пришлите, пожалуйста, поменьше.
error-file-gone = У Telegram больше нет этого фото. Пришлите его ещё раз.
error-provider-refused = Это фото или текст нарушает правила безопасности студии, я не могу его взять. Ничего не списано.
error-provider-unavailable = Студия сейчас недоступна. Попробуйте через несколько минут. Ничего не списано.
error-provider-rejected = Студия не может работать с этим фото. Попробуйте, пожалуйста, другое. Ничего не списано.
error-provider-paused = У студии перерыв. Я продолжу сам, как только она вернётся. Ничего не списано.
error-too-many-requests = Это много! Подождите { $seconds } с, и продолжим. Ничего не потерялось.
error-too-many-photoshoots = Для одного часа это много! Подождите { $minutes } мин. Выбранные стили останутся.
error-cancelled = Отменено.
error-unexpected = Что-то пошло не так на моей стороне. Попробуйте ещё раз: за это ничего не списано.

## Admins

figures-title = 📊 <b>Статистика · { $period }</b>
figures-all = за всё время
figures-usage = <code>/admin_stats</code> или с датами: <code>/admin_stats 2026-11-01 2026-11-15</code>, один день или от … до.
figures-money = <b>Деньги</b>
figures-no-money = Оплат пока не было.
figures-earnings = <b>{ $net }</b> · пришло { $gross }, возвращено { $refunded } · в среднем { $average }
figures-orders = 🧾 Заказы: оплачено { $paid } · открыто { $pending } · отменено { $cancelled } · истекло { $expired }
figures-conversion = 🎯 Оплачено из последних счетов: { $percent } %
figures-paying = 👛 Покупатели: { $paying }
figures-refunds = ↩️ Возвраты: { $refunds } · отозванные платежи: { $chargebacks }
figures-cost = 💵 Себестоимость: { $cost } USD{ $change } · { $each } за снимок
figures-margin = 💰 Маржа: <b>{ $margin } USD</b> · { $each } с заказа
figures-margin-without = Без { $currencies }: курса нет.
figures-outstanding = 🎟 Должны людям снимков: { $pictures }
figures-held = ⏸ Платежи на удержании: { $payments }, см. /held
figures-reconciled = 🔎 Платежи, найденные сверкой с Telegram: { $payments }
figures-use = <b>Использование</b>
figures-people = 👤 Новые: { $new } · активные { $active } · заблокировали { $blocked }
figures-pictures = 🖼 Снимки: { $pictures } · куплено { $bought } · в подарок { $given } · бесплатно { $free }
figures-owed = ⚠️ Снимки, чья оплата отозвана: { $pictures }
figures-photoshoots = 📷 Фото: { $photos } → фотосессии: { $placed }
figures-style = { $origin ->
        [proposed] предложенные
        [own] свои идеи
        [surprise] сюрпризы
        [preset] сохранённые
       *[other] { $origin }
    }
figures-quality = <b>Качество</b>
figures-outcomes = ✅ Полностью: { $complete } · частично { $partial } · не удалось { $failed } · остановлено { $cancelled } · фото отклонено { $photoRefused }
figures-missing = 🚫 Снимки не удались: { $failed } · отклонены { $refused }
figures-truth = 🔎 Сверено с фото: совпали { $same } · отличаются { $drifted } · не измерены { $notMeasured }
figures-not-right = 👎 Не то: { $pictures } · { $percent } %
figures-reason = { $reason }: { $count }
figures-drifted = исправлено бесплатно: проверка нашла отличие
figures-no-reason = без причины
figures-photo-to-card = ⏱ Фото → стили: { $p50 } с, 95 из 100 за { $p95 } с
figures-create-to-delivery = ⏱ Создать → снимки: { $p50 } с, 95 из 100 за { $p95 } с
figures-now = 🏃 Сейчас: в очереди { $queued } · в работе { $generating } · черновики { $drafts } · ждут оплаты { $awaitingPayment }
button-figures = { $period ->
        [today] Сегодня
        [all] Всё
       *[other] { $period } дн.
    }
percent = { $percent } %
alert-provider-quota = ⚠️ <b>У поставщика снимков закончилась квота.</b> Все заказы ждут, ни один не пропадёт. Пополните счёт, я продолжу сам.
alert-provider-key = ⚠️ <b>Поставщик снимков не принимает ключ.</b> Все заказы ждут, ни один не пропадёт. Проверьте ключ и перезапустите.
alert-provider-model = ⚠️ <b>Поставщик не даёт нам модель { $model }.</b> Все заказы ждут, ни один не пропадёт. Проверьте модели в настройках и перезапустите.
alert-provider-outage = ⚠️ <b>Поставщик снимков не отвечает.</b> { $model }: { $code }. Все заказы ждут, продажи приостановлены. Я спрашиваю его каждые несколько секунд и продолжу сам.
alert-provider-back = ✅ Поставщик снимков снова работает. Ждавшие заказы делаются.
alert-provider-rejected = ⚠️ <b>Ни одна модель не принимает запрос.</b> Последней была { $model }: { $code }. Заказ завершён, кредиты вернулись продавцу. Дело может быть в одном необычном фото; если повторится, проверьте модели в настройках.
alert-provider-rejected-over = ✅ Снимок снова получился.
alert-provider-words = 🗨 { $model }: «{ $words }»
alert-recognition-failing = ⚠️ <b>Товары не распознаются.</b> { $model }: { $code }. Пока продавцам предлагаются стили дома, а снимки делаются как всегда.
alert-recognition-back = ✅ Товары снова распознаются.
alert-model-ending = 📅 <b>Модель, которой вы пользуетесь, отключат { $date }:</b> { $models }. Выберите до этого дня другую в настройках и перезапустите.

alert-still = { $hours ->
        [one] ⏳ Это длится { $hours } час:
        [few] ⏳ Это длится { $hours } часа:
       *[many] ⏳ Это длится { $hours } часов:
    }
alert-picture-paid-often = ⚠️ <b>Снимок оплачен { $paid } раз и не пришёл.</b> Он из фотосессии { $photoshoot }, она ждёт; теперь я пробую его раз в 10 минут, а через 30 минут после заказа верну кредиты. Загляните в кабинет поставщика или смените IMAGE_MODELS и перезапустите.
alert-update-given-up = ⚠️ <b>Сообщение не удалось обработать, оно отложено.</b> { $kind } { $update }: { $fault }. Смотрите /failed и журнал.

## Buying

shop-title = 💎 У вас <b>{ $credits ->
        [one] { $credits } снимок
        [few] { $credits } снимка
       *[many] { $credits } снимков
    }</b>.
shop-paused = 🔧 <b>Студия ненадолго закрыта.</b> Пока снимки не делаются, я их не продаю: платить за ожидание не нужно. Ваши кредиты на месте. Загляните чуть позже.
shop-hint = Выберите пакет. Снимки не сгорают, а за то, что не получилось, ничего не списывается.
shop-subscription-renews = Подписка продлится { $date }.
shop-subscription-ends = Подписка закончится { $date }.
button-package = { $pictures } шт. · { $price } · { $each }/шт.
button-subscribe = { $pictures } в месяц · { $price }
button-subscribe-pay = Подписаться · { $stars } ⭐ в месяц
button-unsubscribe = Отменить подписку
subscription-offer = { $credits } снимков каждый месяц за { $stars } звёзд. Отменить можно в любой момент: /buy.
paywall-title = { $missing ->
        [one] Не хватает { $missing } снимка.
       *[many] Не хватает { $missing } снимков.
    } { $available ->
        [0] Сейчас их нет.
       *[many] Сейчас есть { $available }.
    }
paywall-continues = Выберите пакет: после оплаты заказ начнётся сам.
invoice-title = Снимки: { $credits }
invoice-description = Пакет «{ $name }»: { $credits } стильных снимков ваших товаров. Они не сгорают.
payment-credited = 💚 Спасибо! Добавлено { $added ->
        [one] { $added } снимок
        [few] { $added } снимка
       *[many] { $added } снимков
    }, теперь у вас { $credits }.
payment-credited-late = 💚 Этот счёт уже был оплачен или устарел, поэтому это новая покупка: добавлено { $added ->
        [one] { $added } снимок
        [few] { $added } снимка
       *[many] { $added } снимков
    }, теперь у вас { $credits }. Если это случайно, напишите в /paysupport.
payment-held = Платёж получен, но он не подходит ни к одному открытому заказу. Его посмотрит человек и напишет вам.
payment-delayed = 💚 Ваш платёж { $price } получен, деньги в сохранности. Снимки добавлю следом: сейчас не получилось, и я пробую снова, пока не получится. Пожалуйста, не платите ещё раз; если через час их не будет, напишите в /paysupport.
payment-order-follows = ⏳ Начать ваш заказ прямо сейчас не получилось. Он начнётся сам через минуту-две.
checkout-order = Этот счёт закрыт. Получите новый: /buy. Ничего не списано.
checkout-price = Цена изменилась. Получите новый счёт: /buy. Ничего не списано.
checkout-discount = Скидка действует на одну покупку, и она уже в другом счёте. Получите новый счёт: /buy. Ничего не списано.
checkout-subscribed = У вас уже есть подписка, или её оплата ещё идёт: /buy. Ничего не списано.
checkout-payer = Этот счёт выписан другому человеку. Получите свой: /buy. Ничего не списано.
checkout-paused = Студия ненадолго закрыта, поэтому оплату сейчас не принимаю. Заплатите чуть позже: счёт останется. Ничего не списано.
checkout-later = Сейчас я не могу принять оплату. Попробуйте чуть позже. Ничего не списано.
alert-payment-held = ⚠️ <b>Платёж не подходит ни к одному заказу и отложен.</b> Смотрите /held.
alert-unsettled-payment = ⚠️ <b>Платёж пришёл, но зачислить его не удалось.</b> { $price }, пользователь { $user }; ему сказано, что кредиты будут. Я пробую снова каждую минуту; до тех пор платёж виден в /held. Причина в журнале.
alert-unsettled-refund = ⚠️ <b>Деньги вернулись покупателю, но записать это не удалось.</b> { $price }, пользователь { $user }; кредиты ещё не списаны. Я пробую снова каждую минуту; до тех пор это видно в /held. Причина в журнале.
alert-settled-payment = ✅ Платёж, который не удавалось зачислить, теперь зачислен: { $price }, пользователь { $user }.
alert-settled-refund = ✅ Возврат денег теперь записан: { $price }, пользователь { $user }.
command-buy = Купить снимки

## Support and terms

terms = 📄 <b>Условия</b>

    • Один кредит – один доставленный снимок. Кредиты не сгорают.
    • За то, что не получилось, отклонено или отменено, ничего не списывается: кредит вернётся сам.
    • Снимок не тот: нажмите «Не то», и кредит вернётся в разумных пределах.
    • Цифровые товары продаются за звёзды Telegram. Возврат: /paysupport.
    • Все права на фото и снимки остаются у вас. Фото нужны только для ваших снимков.
    • Снимки делает модель ИИ, и это отмечено в их данных. Проверьте их перед публикацией.
command-terms = Условия
command-support = Написать нам
command-paysupport = Вопрос об оплате
support-ask = ✍️ Чем помочь? Напишите одним сообщением, можно с фото. Вам ответит человек.
support-ask-payment = ✍️ Что случилось с оплатой? Напишите одним сообщением, можно со скриншотом. Вам ответит человек.
support-charges = Ваши последние платежи уже в обращении:
support-received = 💌 Спасибо, обращение { $id } у нас. Ответим здесь.
support-left = Хорошо, в поддержку ничего не отправлено. Писать можно в любое время: /support.
support-answer = 💌 <b>Ответ на обращение { $id }</b>
support-resolved = Обращение { $id } закрыто. Пишите в любое время: /support.
button-support-write = Написать ещё
button-support = Написать в поддержку
ticket-title = 🎫 <b>Обращение { $id }</b> · { $topic } · человек { $user }
ticket-topic-payment = платёж
ticket-topic-other = вопрос
ticket-person = Человек
ticket-owner = Мы
ticket-write = Напишите ответ на обращение { $id } одним сообщением.
ticket-answered = Ответ на обращение { $id } доставлен.
ticket-not-delivered = ⚠️ Ответ на обращение { $id } не доставлен: человек заблокировал бота. Он сохранён в обращении.
ticket-resolved = Обращение { $id } закрыто.
tickets-none = Обращений нет.
tickets-title = 🎫 <b>Обращения ждут</b>
button-ticket-reply = Ответить
button-ticket-resolve = Закрыть
error-awaiting-payment = Этот заказ ждёт оплаты и потом начнётся сам. Кнопка «Создать» покажет счёт ещё раз.

## Refunds (admins) and what the buyer is told

payments-title = 💳 <b>Платежи</b>
payments-none = Платежей нет.
held-title = 🖐 <b>Деньги без подходящего заказа</b>
held-none = Отложенных денег нет.
unsettled-title = ⏳ <b>Деньги, которые пока не удалось записать</b>
unsettled-line-payment = №{ $id } · { $date } · { $price } · { $name } ({ $user }) · пришли, не зачислены
unsettled-line-refund = №{ $id } · { $date } · { $price } · { $name } ({ $user }) · вернулись, кредиты не списаны
unsettled-more = … и ещё { $more }.
button-settle-payment = Зачислить №{ $id } · { $price }
button-settle-refund = Списать №{ $id } · { $price }
settle-outcome-settled = ✅ Готово: записано.
settle-outcome-before = Это уже было записано.
settle-outcome-held = 🖐 Записано, но не подходит ни к одному заказу. Смотрите /held.
settle-outcome-failed = ⚠️ И в этот раз не получилось; осталось в /held. Причина в журнале, я пробую дальше.
payment-line = #{ $id } · { $date } · { $price } · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    } · { $name } ({ $user }) · { $state }
payment-state-credited = зачислен
payment-state-held = отложен
payment-state-refunding = возвращается
payment-state-refunded = возвращён
payment-state-charged-back = отозван покупателем
held-reason-order = нет такого заказа
held-reason-price = другая цена
held-reason-payer = другой плательщик
held-reason-period = этот месяц уже оплачен
button-refund = Вернуть #{ $id } · { $price }
button-refund-yes = Вернуть { $price }: { $why }
button-refund-by-hand = Отметить возврат: { $why }
refund-confirm = ❓ <b>Вернуть платёж { $id }?</b> { $price } вернутся: { $name } ({ $user }).
refund-credits = Куплено: { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }. { $unused ->
        [0] Все потрачены, ничего не спишется.
        [one] Не потрачен { $unused }: он спишется.
        [few] Не потрачены { $unused }: они спишутся.
       *[many] Не потрачены { $unused }: они спишутся.
    }
refund-at-work = { $credits ->
        [one] { $credits } в работе: если вернётся, он спишется.
        [few] { $credits } в работе: те, что вернутся, спишутся.
       *[many] { $credits } в работе: те, что вернутся, спишутся.
    }
refund-by-hand = 💳 Это оплата картой, её Telegram вернуть не может. <b>Сначала верните деньги у платёжного провайдера</b>, потом отметьте здесь.
refund-outcome-refunded = ✅ Платёж { $id } возвращён.
refund-outcome-refused = ⚠️ Telegram отказался вернуть платёж { $id }. Ничего не изменилось: кредиты снова у покупателя. Причина – в журнале.
refund-outcome-unknown = ⏳ Telegram не ответил о платеже { $id }. Кредиты списаны; я буду спрашивать сам, пока деньги не вернутся.
refund-done = 💸 Ваш платёж { $price } возвращён. { $credits ->
        [0] Снимков не осталось.
        [one] Остался { $credits } снимок.
        [few] Осталось { $credits } снимка.
       *[many] Осталось { $credits } снимков.
    }
payment-found = 💚 Ваш платёж дошёл до меня с опозданием, простите! Добавлено: { $added ->
        [one] { $added } снимок
        [few] { $added } снимка
       *[many] { $added } снимков
    }, теперь у вас { $credits }.
balance-debt = 💳 Ваш долг – <b>{ $debt ->
        [one] { $debt } кредит
        [few] { $debt } кредита
       *[many] { $debt } кредитов
    }</b>: платёж был отозван, когда снимки уже были сделаны. Следующая покупка сначала покроет его.
subscription-confirm = ❓ <b>Отменить подписку?</b> Она действует до конца оплаченного срока; потом ничего не спишется и новые снимки приходить не будут. Ваши снимки останутся с вами.
subscription-kept = Подписка продолжается.
subscription-surplus = Вы подписались дважды, поэтому вторую подписку я отменил: по ней больше ничего не спишется. Снимки, которые она принесла, ваши.
button-unsubscribe-yes = Да, отменить
button-unsubscribe-no = Оставить
subscription-cancelled = Подписка отменена. Она действует до конца оплаченного срока.
error-nothing-to-refund = Возвращать нечего: кто-то успел раньше, или деньги уже вернулись.
alert-chargeback = ⚠️ <b>Отзыв платежа.</b> Пользователь { $user } отозвал платёж { $id } ({ $price }). Его кредиты ({ $credits }) списаны, баланс теперь { $balance }.
alert-refund-refused = ⚠️ Telegram отказался вернуть платёж { $id }. Кредиты снова у покупателя. См. /payments и журнал.
alert-reconciled = 🔧 <b>Сверка с операциями Telegram кое-что исправила.</b> Потерянные платежи: { $payment }. Отложены, см. /held: { $held }. Возвраты: { $refund }. Отзывы: { $chargeback }.
command-payments = Платежи и возвраты
command-held = Деньги, которые ждут вас
command-tickets = Обращения
command-failed = Сообщения, с которыми не вышло
failed-none = ✅ За неделю ни одно сообщение не осталось без ответа.
failed-title = 🪦 <b>{ $count ->
        [one] { $count } сообщение, с которым не вышло
        [few] { $count } сообщения, с которыми не вышло
       *[many] { $count } сообщений, с которыми не вышло
    }</b>
failed-line = #{ $update } · { $date } · { $kind } · { $user } · { $fault } · { $times ->
        [one] { $times } раз
        [few] { $times } раза
       *[many] { $times } раз
    }
failed-hint = «Ещё раз» обработает сообщение так, будто оно только что пришло. Остальное удалится через неделю.
button-retry = Ещё раз #{ $update }
retry-begun = Уже обрабатываю снова.
retry-gone = Его здесь уже нет.
command-gift = Подарить кредиты
command-promo-new = Новый промокод
command-promo-list = Промокоды
command-link = Ссылка с источником
command-sources = Откуда приходят люди
command-conversions = Конверсии таблицей

## Growth

command-invite = Пригласить продавцов
command-promo = Ввести промокод
invite-title = 🎁 <b>Пригласите других продавцов</b>
invite-start = Когда новый человек откроет вашу ссылку и получит первый снимок, вам { $credits ->
        [one] достанется { $credits } снимок
        [few] достанется { $credits } снимка
       *[many] достанется { $credits } снимков
    }.
invite-purchase = С каждого пакета, который он купит, вам добавится { $percent } % снимков.
invite-cap = Всего до { $credits ->
        [one] { $credits } снимка
       *[many] { $credits } снимков
    } за тридцать дней.
invite-earned = { $arrived ->
        [0] По вашей ссылке пока никто не пришёл.
        [one] По вашей ссылке пришёл { $arrived } продавец.
        [few] По вашей ссылке пришли { $arrived } продавца.
       *[many] По вашей ссылке пришли { $arrived } продавцов.
    } { $earned ->
        [one] Вы заработали { $earned } снимок.
        [few] Вы заработали { $earned } снимка.
       *[many] Вы заработали { $earned } снимков.
    }
invite-share-text = Простое фото товара превращается в снимки для маркетплейса. Первые бесплатно.
button-share = Поделиться
button-copy-link = Скопировать ссылку
promo-ask = 🎟 Напишите код после команды, например <code>/promo SPRING</code>.
promo-credits = 🎟 Добавлено <b>{ $added ->
        [one] { $added } снимок
        [few] { $added } снимка
       *[many] { $added } снимков
    }</b>, теперь у вас { $credits }.
promo-percent = 🎟 <b>Скидка { $percent } %</b> на следующую покупку. Выберите пакет: /buy
error-promo-unknown = Я не знаю такого кода. Проверьте, пожалуйста, буквы.
error-promo-over = Этот код больше не действует.
error-promo-used = Вы уже использовали этот код.
gift-received = 🎁 <b>Подарок для вас: { $credits ->
        [one] { $credits } снимок
        [few] { $credits } снимка
       *[many] { $credits } снимков
    }!</b> Приятных съёмок.
gift-received-why = 🎁 <b>Подарок для вас: { $credits ->
        [one] { $credits } снимок
        [few] { $credits } снимка
       *[many] { $credits } снимков
    }!</b>

    { $why }
gift-usage = <code>/gift id-или-@username кредиты почему</code>, например <code>/gift 1234567 5 Простите за ожидание</code>. «Почему» увидит человек, его можно опустить.
gift-unknown = Я не знаю человека с таким номером или именем.
gift-several = Это имя было у нескольких людей. Укажите, пожалуйста, номер.
gift-done = 🎁 { $name }: подарено { $given }, теперь кредитов { $credits }.
gift-done-untold = 🎁 { $name }: подарено { $given }, теперь кредитов { $credits }, но сообщить не удалось.
promo-new-usage = <code>/promo_new КОД credits|percent ЧИСЛО max=N per=N days=N</code>

    Код: 3–24 латинские буквы и цифры. До 10 000 кредитов или до 90 процентов от следующей покупки. Ограничения можно опустить: сколько раз всего, сколько раз одному человеку (1), сколько дней.
promo-created = 🎟 <code>{ $code }</code> действует. Ссылка: { $link }
promo-exists = Код <code>{ $code }</code> уже есть, он остался прежним.
promo-list-none = Промокодов пока нет: /promo_new
promo-list-title = 🎟 <b>Промокоды</b>
promo-gives-credits = <code>{ $code }</code>: { $value ->
        [one] { $value } кредит
        [few] { $value } кредита
       *[many] { $value } кредитов
    }
promo-gives-percent = <code>{ $code }</code>: скидка { $value } %
promo-uses = использован { $uses }
promo-uses-of = использован { $uses } из { $max }
promo-per-person = по { $times } на человека
promo-until = до { $date }
link-usage = <code>/link utm_source=vk&amp;utm_medium=cpc&amp;utm_campaign=spring&amp;ref=…&amp;promo=КОД&amp;package=2</code>

    Любое поле можно опустить, но не все сразу. Ещё есть utm_content, utm_term и yclid.
link-created = 🔗 { $link }
sources-usage = <code>/sources дни</code>, например <code>/sources 30</code>.
sources-none = За последние { $days } дн. ничего не было.
sources-title = 📈 <b>Источники за последние { $days } дн.</b>
sources-direct = без источника
sources-funnel = старты { $starts } → фото { $photos } → снимки { $firstPictures } → магазин { $paywalls } → оплатили { $paid } → снова { $secondPurchases }
sources-more = И ещё { $more }; все есть в /conversions.
conversions-usage = <code>/conversions дни</code>, например <code>/conversions 30</code>.
conversions-none = За последние { $days } дн. ничего не было.
conversions-caption = События за последние { $days } дн.: { $events }, время по UTC.
conversions-caption-newest = Новейшие события за последние { $days } дн.: { $events }, время по UTC.

## Owners and support

command-admin = Всё для владельцев
command-user = Найти человека
command-orders = Заказы
command-pause = Закрыть магазин на время
command-resume = Открыть магазин
command-team = Кто помогает с обращениями
command-support-add = Доверить человеку обращения
command-support-remove = Больше не доверять обращения
button-page-before = ← Раньше
button-page-after = Дальше →
button-admin-menu = ‹ Меню
list-empty = Ничего нет.
orders-title = 🧾 <b>Заказы</b>
order-line = №{ $id } · { $date } · { $price } · { $package } · { $name } ({ $user }) · { $state }
order-state-all = все
order-state-pending = открыт
order-state-paid = оплачен
order-state-cancelled = отменён
order-state-expired = истёк
order-state-refunded = возвращён
refund-why = Выберите причину, она останется при возврате.
refund-reason-asked = по просьбе
refund-reason-quality = плохие снимки
refund-reason-twice = оплачено дважды
refund-reason-goodwill = жест доброй воли
button-person = Кто это?
user-usage = <code>/user id, @имя или номер платежа</code>, или перешлите мне сообщение человека.
user-hidden = Этот человек скрывает, кто написал его сообщения. Спросите его id или @имя.
person-title = 👤 <b>{ $name }</b> · <code>{ $user }</code>
person-support = 🎫 помогает с обращениями
person-banned = ⛔️ доступ закрыт: { $why }
person-blocked = 🔕 заблокировал бота
person-balance = 💰 Кредиты: <b>{ $credits }</b> · в работе { $reserved }
person-pictures = 🖼 Фотосессии: { $photoshoots } · снимки: { $pictures }
person-spent = 💳 Потрачено: <b>{ $spent }</b> · платежей: { $payments }
person-seen = 🕰 С { $since } · последний раз { $seen } · { $language }
person-source = 🔗 Пришёл из { $source }
person-invited = 🤝 Пригласил { $inviter }
person-open = ⏳ Открыто: фотосессии { $photoshoots } · счета { $orders } · отложенные платежи { $held } · обращения { $tickets }
person-subscription = 🔁 Подписка продлевается
person-act = • { $date } · { $act } · { $actor }
act-gift = подарок
act-correct = кредиты исправлены
act-refund = возврат
act-settle = платёж записан
act-ban = доступ закрыт
act-unban = доступ открыт
act-message = сообщение
act-answer-ticket = ответ на обращение
act-resolve-ticket = обращение закрыто
act-retry-update = сообщение запущено снова
act-create-promo = создан промокод
act-create-link = создана ссылка
act-grant-support = доверены обращения
act-withdraw-support = обращения больше не доверены
act-pause = магазин закрыт
act-resume = магазин открыт
act-stop-free-credits = бесплатные кредиты остановлены
act-allow-free-credits = бесплатные кредиты снова даются
act-broadcast = рассылка
button-correct = Исправить кредиты
button-gift = Подарить кредиты
button-message = Написать
button-refunds = Платежи и возвраты
button-orders = Заказы
button-tickets = Обращения
button-ban = Закрыть доступ
button-unban = Открыть доступ
request-ask-gift = 🎁 Сколько кредитов и за что? Например: <code>5 Простите за ожидание</code>. Человек прочтёт причину.
request-ask-correct = ⚖️ На сколько вверх или вниз и почему? Например: <code>+5 Два снимка обрезаны</code> или <code>-3 Дано дважды</code>. Человек прочтёт причину.
request-ask-ban = ⛔️ Почему доступ закрывается? Человек это прочтёт. Ничего из его вещей не пропадёт, начатое будет доделано.
request-ask-message = ✍️ Что передать человеку? Одно сообщение; ответить он сможет через поддержку.
request-confirm-gift = ❓ <b>Подарить { $credits } человеку { $name }</b> ({ $user })? Сейчас у него { $before }, будет { $after }.
request-confirm-correct = ❓ <b>{ $direction ->
        [down] Снять { $credits }:
       *[up] Добавить { $credits }:
    } { $name }</b> ({ $user })? Сейчас { $before }, будет { $after }.
request-confirm-ban = ❓ <b>Закрыть доступ: { $name }</b> ({ $user })? Человек прочтёт:
request-confirm-message = ❓ <b>Отправить это: { $name }</b> ({ $user })?
request-short = ⚠️ У человека { $before }, больше снять нельзя. Напишите исправление заново с меньшим числом.
button-do-gift = Подарить { $credits }
button-do-correct = Исправить на { $credits }
button-do-ban = Закрыть доступ
button-do-message = Отправить
button-leave-it = Не надо
request-done-gift = ✅ Подарено, человек знает.
request-done-correct = ✅ Исправлено, человек знает.
request-done-ban = ✅ Доступ закрыт, человек знает почему.
request-done-message = ✅ Отправлено.
request-unsent = ⚠️ Не отправлено: до человека не достучаться.
request-untold = ✅ Сделано, но сообщить человеку не удалось.
correction-received = ⚖️ Ваши кредиты исправлены: <b>{ $credits }</b>. { $why }
message-received = 💌 <b>Сообщение от нас</b>
    <blockquote>{ $words }</blockquote>
shut-out = ⛔️ Я больше не принимаю от вас заказы: «{ $why }». Ваши кредиты остаются вашими, начатое будет доделано. Если это ошибка, напишите в /support.
shut-out-tap = Я больше не принимаю от вас заказы. Если это ошибка, напишите в /support.
let-in = 💚 Вам снова рады: всё работает как прежде.
admin-title = 🗂 <b>Для владельцев</b>
admin-waits = ⏳ Ждут вас: обращения { $tickets } · деньги { $held } · необработанные сообщения { $failed }
admin-at-work = 🛠 Фотосессий в работе: { $photoshoots }
admin-selling-paused = 🔧 Сейчас ничего не продаётся: смотрите «Тормоза».
admin-free-stopped = 🎁 Новые люди не получают бесплатных кредитов: смотрите «Тормоза».
admin-person-hint = 👤 Один человек: /user с id, @именем или номером платежа, или перешлите его сообщение.
admin-list-payments = Платежи
admin-list-orders = Заказы
admin-list-held = Отложенные деньги
admin-list-tickets = Обращения
admin-list-failed = Необработанное
button-statistics = Статистика
button-brakes = Тормоза
button-team = Команда
brakes-title = 🎛 <b>Тормоза</b>
brakes-selling = ✅ Кредиты продаются.
brakes-not-selling = 🔧 <b>Ничего не продаётся</b>, потому что
brake-owner = • вы закрыли магазин: { $why }
brake-provider-quota = • у провайдера кончилась квота
brake-provider-key = • провайдер не принимает ключ
brake-provider-model = • провайдер не знает модель
brake-provider-outage = • провайдер не отвечает
brake-provider-budget = • дневной бюджет потрачен (PROVIDER_BUDGET_USD)
brakes-free-given = 🎁 Новые люди получают бесплатные кредиты.
brakes-free-stopped = 🎁 Новые люди <b>не</b> получают бесплатных кредитов.
brakes-hint = Закрыть магазин: <code>/pause причина</code>; покупатели её прочтут. Начатые заказы продолжаются.
button-resume = Открыть магазин
button-free-stop = Не давать бесплатных
button-free-allow = Снова давать бесплатные
pause-usage = <code>/pause причина</code>, например <code>/pause Новые модели, до полудня</code>. Её прочтут покупатели, поэтому коротко.
team-title = 👥 <b>Кто помогает с обращениями</b>
team-line = • { $name } { $at } · <code>{ $user }</code>
team-empty = Никто, кроме владельцев.
team-hint = Они отвечают на обращения и видят одного человека; денег не касаются. Добавить того, кто уже писал боту: <code>/support_add id или @имя</code>.
team-usage = С человеком, например <code>/support_add @emma</code> или <code>/support_remove 1234567</code>.
button-withdraw = Больше не помогает: { $name }
support-granted = 🎫 Теперь вы помогаете с обращениями: /tickets покажет, что ждёт, /user одного человека, /admin всё.
shop-paused-why = 🔧 <b>Магазин закрыт на время:</b> «{ $why }». Ваши кредиты остаются, и на них можно заказывать.
checkout-paused-by-owner = Магазин закрыт на время, ничего не списано. { $why }
checkout-banned = Я не могу принять от вас оплату. Напишите в /support. Ничего не списано.
alert-budget-spent = ⚠️ <b>Дневной бюджет провайдера потрачен.</b> { $spent } из { $budget } USD. До полуночи UTC ничего не продаётся, заказы ждут; дальше я продолжу сам. Чтобы сегодня было больше, поднимите PROVIDER_BUDGET_USD и перезапустите.
alert-budget-over = ✅ Дневной бюджет снова свободен: заказы продолжаются, кредиты продаются.
error-already-done = Это уже сделано.

## Broadcasts

command-broadcast = Рассказать многим
button-broadcasts = Новая рассылка
broadcast-title = 📣 <b>Рассылка { $id }</b> · { $state }
broadcast-state-draft = не отправлена
broadcast-state-sending = отправляется
broadcast-state-paused = на паузе
broadcast-state-done = отправлена
broadcast-state-cancelled = отменена
broadcast-segment = 👥 Кому: { $segment } { $language }
segment-all = всем
segment-buyers = покупателям
segment-inactive = кого нет 30 дней
segment-language = кто говорит на
broadcast-readers = 🔢 Читателей сейчас: { $readers }
broadcast-counts = 📬 Отправлено { $sent } · ждут { $waiting } · заблокировали { $blocked } · не вышло { $failed } · неизвестно { $unknown }
broadcast-no-text = ✍️ Текста пока нет. Кто без текста на своём языке, получит английский.
broadcast-write = ✍️ Напишите текст ({ $language }) одним сообщением, так, как его прочтут.
button-segment-language = язык { $language }
button-broadcast-text = Написать: { $language }
button-broadcast-test = Прислать только мне
button-broadcast-start = Отправить: { $readers }
button-broadcast-pause = Пауза
button-broadcast-resume = Дальше
button-broadcast-cancel = Отменить
button-news-off = Без новостей, пожалуйста
button-news-on = Снова получать новости
news-off = Новостей больше не будет. Что касается ваших заказов, придёт. Вернуть новости: /settings.
news-on = Вы снова получаете новости.
settings-news-on = 📣 Иногда вы получаете наши новости.
settings-news-off = 🔕 Новостей вы не получаете.
morning-digest = ☀️ <b>Доброе утро.</b> Вчера, { $day }:
    👤 Новые люди: { $newPeople } · 🖼 снимки: { $pictures } · 💵 расходы: { $cost } USD
    💳 Платежей: { $payments } · { $money }
    ⏳ Ждут вас: обращения { $tickets } · деньги { $held } · необработанные сообщения { $failed } · фотосессий в работе { $atWork }
    🚨 Тревог сейчас: { $alerts }
    { $selling ->
        [off] 🔧 Сейчас ничего не продаётся: смотрите /admin.
       *[on] ✅ Кредиты продаются.
    }

## Файлы для маркетплейсов

button-pack = 📦 Файлы для маркетплейсов
pack-title = 📦 <b>Файлы для маркетплейсов</b>
pack-hint = Точные пиксели, имена и размеры файлов для каждой площадки, бесплатно. До 9 файлов приходят по одному и архивом ZIP, больше — одним ZIP.
pack-sku = 🏷 Артикул: <b>{ $sku }</b>
pack-without-sku = 🏷 Артикула нет: файлы назову «product».
pack-sku-ask = 🏷 Пришлите артикул (SKU), например <code>MUG-01</code>. По нему назову файлы.
pack-below = 🏷 Артикул записан: карточка ниже.
pack-making = ⏳ <b>Готовлю файлы</b>: { $done } из { $total }.
pack-ready = { $files ->
        [one] ✅ <b>Готов { $files } файл</b>: { $channels }.
        [few] ✅ <b>Готово { $files } файла</b>: { $channels }.
       *[many] ✅ <b>Готово { $files } файлов</b>: { $channels }.
    }
pack-nothing = 😔 <b>Ни один из этих файлов сделать не удалось.</b>
pack-only-zip = Они в одном архиве ZIP, по папке на площадку.
pack-cut = ✂️ Обрезано под формат, взгляните: { $channels }.
pack-extended = 🖼 Дополнено до формата: { $channels }.
pack-smaller = 📐 Примут, но площадка советует больше: { $channels }.
pack-too-small = 🔍 Нужен снимок крупнее: { $channels }.
pack-no-cut-out = ⬜ Нужен чисто белый фон, а уверенно вырезать товар не получилось: { $channels }. Поможет фото на ровном фоне, который отличается от товара.
pack-too-heavy = ⚖️ Не получается уложиться в размер файла: { $channels }.
pack-unreadable = ⚠️ Снимок не удалось прочитать: { $channels }.
pack-from-preview = { $pictures ->
        [one] ℹ️ Оригинал { $pictures } снимка уже не хранится: файл сделан из превью, оно менее чёткое.
       *[other] ℹ️ Оригиналы { $pictures } снимков уже не хранятся: файлы сделаны из превью, они менее чёткие.
    }
pack-gone = { $pictures ->
        [one] { $pictures } снимок больше не хранится ни у Telegram, ни у меня.
        [few] { $pictures } снимка больше не хранятся ни у Telegram, ни у меня.
       *[many] { $pictures } снимков больше не хранятся ни у Telegram, ни у меня.
    }
pack-zip-name = marketplaces
button-pack-none = Сначала выберите площадку
button-pack-make = 📦 Сделать { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[many] { $files } файлов
    } · бесплатно
button-sku-add = 🏷 Добавить артикул
button-sku-change = 🏷 Изменить артикул
button-cut-out = ✂️ Вырезать товар · бесплатно
cut-out-begun = Ищу контур…
cut-out-caption = ✂️ Только товар: на прозрачном фоне и на белом с мягкой тенью.
cut-out-file-name = без-фона
cut-out-unsure = ✂️ Ни на одном из снимков не видно уверенно, где кончается товар, поэтому вырезать его не стал. Поможет фото на ровном фоне, который отличается от товара, без резких теней.
